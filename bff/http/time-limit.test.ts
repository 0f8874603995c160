import { expect, test } from 'vitest';
import { withinTimeLimit } from './time-limit.ts';

const client = new AbortController().signal;

test('work that does not end in time is answered for and told to stop', async () => {
  const seen: { signal?: AbortSignal } = {};
  const work = (signal: AbortSignal) => {
    seen.signal = signal;
    return new Promise(() => undefined);
  };
  await expect(withinTimeLimit(client, work, 20)).rejects.toMatchObject({ code: 'timeout' });
  expect(seen.signal?.aborted).toBe(true);
});

test('an answer in time is passed on, and a client that goes away is told to the work', async () => {
  const gone = new AbortController();
  const answer = withinTimeLimit(gone.signal, (signal) => {
    gone.abort();
    return Promise.resolve(signal.aborted);
  });
  expect(await answer).toBe(true);
});

test('work that fails because its client went away is no fault of the server', async () => {
  const client = new AbortController();
  const answer = withinTimeLimit(
    client.signal,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  );
  client.abort();
  await expect(answer).rejects.toMatchObject({ code: 'timeout' });
});
