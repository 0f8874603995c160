import { describe, test } from 'vitest';
import { createFakeAnomalyStore, createFakeDeployStore } from './anomaly-stores-fake.ts';
import { anomalyStoreCases } from './anomaly-stores.cases.ts';
import { createFakeChannelStore, createFakeDeliveryStore } from './channel-stores-fake.ts';
import { channelStoreCases } from './channel-stores.cases.ts';
import { createFakeDetectionStore } from './detection-store-fake.ts';
import { createFakeStores } from './ledger-fake.ts';
import { createFakeNoticeStore } from './notice-store-fake.ts';
import { seriesCases } from './series-store.cases.ts';

describe('the fakes of anomalies and notifications keep the contract', () => {
  test.each(anomalyStoreCases)('$title', ({ run }) =>
    run({
      ...{
        anomalies: createFakeAnomalyStore(),
        deploys: createFakeDeployStore(),
        detection: createFakeDetectionStore(),
      },
      tenantIds: [crypto.randomUUID(), crypto.randomUUID()],
    })
  );
  test.each(channelStoreCases)('$title', ({ run }) => {
    const channels = createFakeChannelStore();
    const notices = createFakeNoticeStore();
    const deliveries = createFakeDeliveryStore(channels, notices);
    return run({ channels, notices, deliveries, tenantIds: [crypto.randomUUID(), crypto.randomUUID()] });
  });
  test.each(seriesCases)('$title', ({ run }) => run(createFakeStores()));
});
