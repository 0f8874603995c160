import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { defer } from 'rxjs';
import { cursorAt } from './cursor';
import { ClusterList } from './ClusterList';
import { noSelection, selectAll } from './selection';

// jsdom has none; no call is aborted before it is answered here. Nor a layout to scroll in.
AbortSignal.prototype.throwIfAborted ??= () => undefined;
window.scrollTo = () => undefined;

/** Has the server give these clusters; returns what it was asked with. */
function answerWith(...ids: string[]) {
  const asked: URLSearchParams[] = [];
  const range = { from: '2026-11-29T00:00:00.000Z', to: '2026-11-29T01:00:00.000Z' };
  const fetch = ({ url }: { url: string }) =>
    defer(async () => {
      asked.push(new URL(url, 'http://grafana').searchParams);
      return { data: { clusters: ids.map((id) => ({ id, work: {} })), totalClusterCount: ids.length, range } };
    });
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return asked;
}

const answered = () => new Promise((resolve) => setTimeout(resolve));

async function openList() {
  const list = new ClusterList();
  const scene = new EmbeddedScene({ $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }), body: list });
  scene.activate();
  answerWith('a', 'b', 'c');
  const leave = list.activate();
  await answered();
  return { list, leave };
}

describe('the list of clusters', () => {
  it('keeps what is chosen in it while a cluster is looked at', async () => {
    const { list, leave } = await openList();
    list.setState({ selection: selectAll(['a', 'b']) });
    leave();
    list.activate();
    await answered();
    expect(list.targets()).toEqual({ clusterIds: ['a', 'b'], count: 2 });
  });

  it('lets go of what is chosen when a link leads back to another list', async () => {
    const { list, leave } = await openList();
    list.setState({ selection: selectAll(['a', 'b']) });
    leave();
    list.updateFromUrl({ state: 'regressed' });
    const asked = answerWith('d');
    list.activate();
    expect(list.state.selection).toBe(noSelection);
    await answered();
    expect(asked.map((search) => search.getAll('state'))).toEqual([['regressed']]);
    expect(list.targets().count).toBe(0);
  });

  it('acts on the cluster that the keyboard is at, wherever a refresh puts it', async () => {
    const { list } = await openList();
    list.setState({ cursor: cursorAt(list.state.window, 2) });
    answerWith('c', 'a', 'b');
    list.refresh();
    await answered();
    expect(list.targets()).toEqual({ clusterIds: ['c'], count: 1 });
    answerWith('a', 'b', 'd');
    list.refresh();
    await answered();
    expect(list.targets().count).toBe(0);
  });
});
