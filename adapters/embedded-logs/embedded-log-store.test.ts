import { logStoreCases } from '@loghunter/ports/testing';
import { afterAll, describe, test } from 'vitest';

import { createEmbeddedLogStore } from './index.ts';

describe('the embedded store keeps the contract of log stores', async () => {
  const pageSize = 500;
  const store = await createEmbeddedLogStore({ maxSizeBytes: 100_000_000, pageSize });
  afterAll(() => store.close());
  for (const { title, run } of logStoreCases) {
    test(title, () => run({ store, pagedStore: { store, pageSize }, readsWholeMoments: true }));
  }
});
