import type { Work } from '@loghunter/contracts';
import { WorkOrder } from './work-order';

function workIn(state: Work['state']): Work {
  return { state, since: '2026-11-21T11:00:00.000Z', ignoredUntil: null, resolvedIn: null, assignee: null };
}

const ongoing = workIn('ongoing');
const ignored = workIn('ignored');

/** A question whose answer the test gives. */
function question(order: WorkOrder) {
  let answer: (work: Work) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const answered = new Promise<Work>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  const state = order.ask(
    () => answered,
    (work, newest) => newest('c1', work).state
  );
  return { answer, fail, state };
}

describe('the order of what is learned of clusters', () => {
  it('keeps what an action did against an answer that was asked for before it', async () => {
    const order = new WorkOrder();
    const { answer, state } = question(order);
    order.learn(new Map([['c1', ignored]]));
    answer(ongoing);
    expect(await state).toBe('ignored');
  });

  it('believes an answer that was asked for after the action', async () => {
    const order = new WorkOrder();
    const before = question(order);
    order.learn(new Map([['c1', ignored]]));
    const after = question(order);
    after.answer(workIn('regressed'));
    expect(await after.state).toBe('regressed');
    before.answer(ongoing);
    expect(await before.state).toBe('regressed');
  });

  it('believes the later question of two whose answers cross', async () => {
    const order = new WorkOrder();
    const first = question(order);
    const second = question(order);
    second.answer(ignored);
    await second.state;
    first.answer(ongoing);
    expect(await first.state).toBe('ignored');
  });

  it('forgets what it learned when nothing is on its way, failed questions included', async () => {
    const order = new WorkOrder();
    const lost = question(order);
    order.learn(new Map([['c1', ignored]]));
    lost.fail(new Error('cut'));
    await expect(lost.state).rejects.toThrow('cut');
    const next = question(order);
    next.answer(ongoing);
    expect(await next.state).toBe('ongoing');
  });
});
