import { expect } from 'vitest';
import type { TestServer } from './test-server.ts';

/** Sends a request, with a body when there is one; fails with the answer when it is not a success. */
export async function sendJson<T>(
  server: Pick<TestServer, 'get'>,
  method: string,
  path: string,
  body?: unknown
): Promise<T> {
  const init = { method, headers: { 'Content-Type': 'application/json' } };
  const response = await server.get(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  const answer = (await response.json()) as T;
  expect([response.ok, answer]).toEqual([true, answer]);
  return answer;
}
