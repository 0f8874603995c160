import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act } from '@testing-library/react';
import { defer } from 'rxjs';
import { logScene, streamVariables } from '../../scenes/log-scene';
import { Comparison } from '../compare/Comparison';
import { LogSearch } from './LogSearch';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

/** The paths that were asked for; each is answered a while later. */
function answerCalls() {
  const paths: string[] = [];
  const fetch = ({ url }: { url: string }) =>
    defer(async () => {
      paths.push(url.replace(/^.*\/api\/v1\/|\?.*$/g, ''));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { data: { services: [{ service: 'cart', namespace: 'shop' }], groups: [], nextBefore: null } };
    });
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return (path: string) => paths.filter((asked) => asked === path).length;
}

/** Opens a page and waits until its variables have their options. */
async function open(body: LogSearch | Comparison) {
  // Without the data source, which Grafana lists.
  const scene = logScene(streamVariables().slice(1), body);
  await act(async () => {
    scene.activate();
    scene.state.$variables?.activate();
    body.activate();
    await wait();
  });
}

function wait() {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

const settings = { mode: 'text', text: 'refused', logql: '', levels: [] } as const;

describe('a search', () => {
  it('is run once when its page is opened, however often the variables tell of their options', async () => {
    const countOf = answerCalls();
    const search = new LogSearch();
    search.setState({ settings });
    await open(search);
    expect(countOf('services')).toBe(2);
    expect(countOf('search')).toBe(1);
  });

  it('is run again when somebody asks for the same once more, also after it was given up', async () => {
    const countOf = answerCalls();
    const search = new LogSearch();
    await open(search);
    await act(async () => {
      search.search(settings);
      await wait();
      search.search(settings);
      search.cancel();
      search.load();
      await wait();
    });
    expect(countOf('search')).toBe(3);
  });
});

describe('a comparison', () => {
  it('is made once when its page is opened', async () => {
    const countOf = answerCalls();
    await open(new Comparison());
    expect(countOf('services')).toBe(2);
    expect(countOf('clusters/compare')).toBe(1);
  });
});
