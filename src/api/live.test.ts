import { config } from '@grafana/runtime';
import type { LiveEvent } from '@loghunter/contracts';
import { subscribeToLive } from './live';

/** A connection to the server: what was asked, and what comes. */
interface Connection {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly send: (...events: readonly LiveEvent[]) => void;
  readonly cut: () => void;
}

let connections: Connection[] = [];
let isAway = false;
const ends: Array<() => void> = [];

/** Listens until the test is over; the events that were told. */
function listen() {
  const told = jest.fn<void, [LiveEvent]>();
  const end = subscribeToLive(told);
  ends.push(end);
  return { told, end };
}

function event(position: number, topic: LiveEvent['topic'], ...ids: string[]): LiveEvent {
  return { position: String(position), topic, ids, at: '2026-11-29T01:00:00Z' };
}

function answer(url: string, { signal }: { signal: AbortSignal }): Promise<unknown> {
  if (isAway) {
    return Promise.resolve({ ok: false, body: null });
  }
  let wake: (piece: { done: boolean; value?: string }) => void = () => undefined;
  connections.push({
    url,
    signal,
    send: (...events) =>
      wake({
        done: false,
        value: events.map((each) => `id: ${each.position}\ndata: ${JSON.stringify(each)}\n\n`).join(''),
      }),
    cut: () => wake({ done: true }),
  });
  const read = () => new Promise((resolve) => (wake = resolve));
  return Promise.resolve({ ok: true, body: { pipeThrough: () => ({ getReader: () => ({ read }) }) } });
}

beforeEach(() => {
  jest.useFakeTimers();
  connections = [];
  isAway = false;
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
  Object.assign(config, { bootData: { user: { orgId: 1 } } });
  Object.assign(globalThis, { fetch: answer, TextDecoderStream: class {} });
});

afterEach(async () => {
  ends.splice(0).forEach((end) => end());
  await jest.advanceTimersByTimeAsync(60_000);
  jest.useRealTimers();
});

describe('the live stream', () => {
  it('begins with what changed since a page began to listen, however long the server was away', async () => {
    isAway = true;
    const { told } = listen();
    await jest.advanceTimersByTimeAsync(500);
    isAway = false;
    await jest.advanceTimersByTimeAsync(10_000);
    const asked = Number(new URL(connections[0]?.url ?? '', 'http://grafana').searchParams.get('within'));
    expect(asked).toBeGreaterThanOrEqual(2);
    expect(asked).toBeLessThanOrEqual(12);
    expect(told).not.toHaveBeenCalled();
  });

  it('says that something may have been missed when it begins later than the server looks back', async () => {
    isAway = true;
    const { told } = listen();
    await jest.advanceTimersByTimeAsync(3_600_000);
    isAway = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(connections[0]?.url).not.toContain('within');
    expect(told.mock.calls).toMatchObject([[{ topic: 'gap' }]]);
  });

  it('says so when it was cut before an event told where it stands, and goes on where it stood after one', async () => {
    const { told } = listen();
    await jest.advanceTimersByTimeAsync(0);
    connections[0]?.cut();
    await jest.advanceTimersByTimeAsync(2000);
    expect(told.mock.calls).toMatchObject([[{ topic: 'gap' }]]);
    connections[1]?.send(event(7, 'incident', 'a'));
    await jest.advanceTimersByTimeAsync(0);
    connections[1]?.cut();
    await jest.advanceTimersByTimeAsync(2000);
    expect(connections[2]?.url).toContain('after=7');
    expect(told.mock.calls).toHaveLength(2);
  });

  it('tells what many changed at once as one event a topic', async () => {
    const { told } = listen();
    await jest.advanceTimersByTimeAsync(0);
    connections[0]?.send(event(1, 'incident', 'a'), event(2, 'job', 'j'), event(3, 'incident', 'b', 'a'));
    await jest.advanceTimersByTimeAsync(500);
    expect(told.mock.calls).toMatchObject([[{ topic: 'incident', ids: ['a', 'b'] }], [{ topic: 'job', ids: ['j'] }]]);
    connections[0]?.send(event(4, 'incident', 'c'));
    await jest.advanceTimersByTimeAsync(500);
    expect(told).toHaveBeenLastCalledWith(event(4, 'incident', 'c'));
  });

  it('is kept for the page that comes next, and let go when none does', async () => {
    const first = listen();
    await jest.advanceTimersByTimeAsync(0);
    first.end();
    await jest.advanceTimersByTimeAsync(1000);
    const next = listen();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(connections.map(({ signal }) => signal.aborted)).toEqual([false]);
    next.end();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(connections.map(({ signal }) => signal.aborted)).toEqual([true]);
  });
});
