import { createFakeStores } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { listWatches } from './list-watches.ts';

const nowMs = Date.UTC(2026, 9, 5, 10, 20, 0);

test('a watch shows its selectors, where they come from, and how far it is read by whom', async () => {
  const { ledger } = createFakeStores(() => nowMs);
  const { id: tenantId } = await ledger.ensureTenant('default', null);
  await ledger.ensureWatch(tenantId, { name: 'shop', selectors: ['{app="shop"}'], discoveredLabelNames: [] });
  const progress = { phase: 'live', failure: '', readUpToMs: nowMs, foreignStreamCount: 0 } as const;
  const asked = { tenantId, ledger };
  const scanProgress = () => [{ name: 'shop', ...progress }];
  const expected = {
    name: 'shop',
    selectors: ['{app="shop"}'],
    origin: 'configuration',
    readFrom: null,
    readUpTo: null,
    failure: '',
  };
  expect(await listWatches({ ...asked, scanProgress })).toEqual({ watches: [{ ...expected, phase: 'live' }] });
  expect(await listWatches({ ...asked, scanProgress: undefined })).toEqual({ watches: [{ ...expected, phase: null }] });
});
