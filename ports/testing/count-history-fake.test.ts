import { describe, test } from 'vitest';
import { createFakeCountHistoryStore } from './count-history-fake.ts';
import { countHistoryCases } from './count-history.cases.ts';
import { createFakeStores } from './ledger-fake.ts';

describe('the fake of counts from before the ledger keeps the contract', () => {
  test.each(countHistoryCases)('$title', async ({ run }) => {
    const { ledger } = createFakeStores();
    const [one, two] = [await ledger.ensureTenant('one', null), await ledger.ensureTenant('two', null)];
    await run({ history: createFakeCountHistoryStore(ledger), ledger, tenantIds: [one.id, two.id] });
  });
});
