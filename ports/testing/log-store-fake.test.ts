import { describe, expect, test } from 'vitest';

import { PortError } from '../errors.ts';
import { createFakeLogStore } from './log-store-fake.ts';
import { logStoreCases } from './log-store.cases.ts';

describe('the fake keeps the contract of log stores', () => {
  const pageSize = 500;
  for (const { title, run } of logStoreCases) {
    test(title, () => {
      const store = createFakeLogStore({ pageSize });
      return run({ store, pagedStore: { store, pageSize }, readsWholeMoments: true });
    });
  }
});

test('the fake fails as it is told and remembers its calls', async () => {
  const store = createFakeLogStore();
  const failure = new PortError({ system: 'loki', kind: 'unavailable', message: 'away' });
  store.failWith(failure);
  await expect(store.ping(AbortSignal.timeout(1000))).rejects.toBe(failure);
  store.failWith(null);
  await store.ping(AbortSignal.timeout(1000));
  expect(store.calls).toEqual(['ping', 'ping']);
});
