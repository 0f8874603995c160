import { createLokiLogStore } from '@loghunter/adapters/loki';
import { logStoreCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';

describe('Loki keeps the contract of log stores', () => {
  const pageSize = 500;
  let loki: RunningLoki;
  beforeAll(async () => {
    loki = await startLoki();
  });
  afterAll(() => loki.stop());

  for (const { title, run } of logStoreCases) {
    test(title, () => {
      const settings = { url: loki.url, timeoutMs: 30_000 };
      const store = createLokiLogStore(settings);
      const pagedStore = { store: createLokiLogStore({ ...settings, maxEntriesPerQuery: pageSize }), pageSize };
      return run({ store, pagedStore, readsWholeMoments: false });
    });
  }
});
