import { act, renderHook, waitFor } from '@testing-library/react';
import type { Incident } from './incident-settings';
import { useHeldOverview, type Overview } from './use-held-overview';

function overviewOf(...incidents: ReadonlyArray<Partial<Incident>>): Overview {
  const list = { incidents, totalCount: incidents.length, detection: {} } as unknown as Overview['list'];
  return { list, timeline: list, deploys: { range: { from: '', to: '' }, deploys: [], totalCount: 0 } };
}

/** The list as it is shown, while the server says what it is told to; `key` is what was asked for. */
async function show(first: Overview) {
  let answer: Promise<Overview> | Overview = first;
  const hook = renderHook(({ key }) => useHeldOverview(key, async () => answer), { initialProps: { key: 'a' } });
  await waitFor(() => expect(hook.result.current.request.answer).toBeDefined());
  const now = () => hook.result.current;
  return {
    ...hook,
    now,
    ids: () => now().request.answer?.list.incidents.map(({ id }) => id),
    say: (next: Promise<Overview> | Overview) => (answer = next),
    push: () =>
      act(async () =>
        now().askByItself(() => {
          now().request.reload();
          return true;
        })
      ),
  };
}

const one = { id: 'one', title: 'errors' };
const two = { id: 'two', title: 'a dip' };

describe('the list of incidents', () => {
  it('stands still when another incident comes by itself, and shows it on request', async () => {
    const list = await show(overviewOf(one));
    list.say(overviewOf(two, { ...one, title: 'more errors' }));
    await list.push();
    expect(list.ids()).toEqual(['one']);
    expect(list.now().request.answer?.list.incidents[0]?.title).toBe('more errors');
    expect(list.now().hasNews).toBe(true);
    act(() => list.now().showNews());
    expect(list.ids()).toEqual(['two', 'one']);
    expect(list.now().hasNews).toBe(false);
  });

  it('takes up at once what changes inside of its rows, and what comes while it is empty', async () => {
    const list = await show(overviewOf());
    list.say(overviewOf(one));
    await list.push();
    expect(list.ids()).toEqual(['one']);
    list.say(overviewOf({ ...one, title: 'more errors' }));
    await list.push();
    expect(list.now()).toMatchObject({
      hasNews: false,
      request: { answer: { list: { incidents: [{ title: 'more errors' }] } } },
    });
  });

  it('shows at once what a person asked for, also when nothing was to be asked by itself before', async () => {
    const list = await show(overviewOf(one));
    list.say(overviewOf(two));
    list.now().askByItself(() => false);
    list.rerender({ key: 'b' });
    await waitFor(() => expect(list.ids()).toEqual(['two']));
    expect(list.now().hasNews).toBe(false);
  });

  it('shows at once what a person asked for and a push overtook', async () => {
    const list = await show(overviewOf(one));
    list.say(new Promise(() => undefined));
    act(() => list.now().request.reload());
    list.say(overviewOf(two));
    await list.push();
    expect(list.ids()).toEqual(['two']);
  });
});
