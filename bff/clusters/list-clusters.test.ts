import { expect, test } from 'vitest';
import { createTestServer } from '../testing/test-server.ts';

const id = '00000000-0000-4000-8000-000000000000';

test.each([
  ['lastSeen', ['9223372036854775807', id], 200],
  ['lastSeen', ['9223372036854775808', id], 400],
  ['trend', ['-1.5e-10', id], 200],
  ['trend', ['0', id], 200],
  ['trend', ['1e999', id], 400],
  ['trend', ['1e-999', id], 400],
  ['trend', ['1e5', id, id], 400],
  ['service', ['a\0b', 'c', id], 400],
])('a cursor that the database could not compare with is refused: %s %j', async (sort, key, status) => {
  const server = await createTestServer();
  const cursor = Buffer.from(JSON.stringify([sort, 'desc', ...key])).toString('base64url');
  expect((await server.get(`/api/v1/clusters?sort=${sort}&cursor=${cursor}`)).status).toBe(status);
});
