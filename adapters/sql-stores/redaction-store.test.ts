import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedactionStore } from './redaction-store.ts';
import { openMigratedPglite } from './testing-database.ts';

let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
beforeAll(async () => {
  stores = await openMigratedPglite();
}, 60_000);
afterAll(() => stores.database.close());

const startMs = Date.UTC(2026, 10, 20, 10);

/** A tenant with `count` clusters of a sample each that names a customer. */
async function fill(name: string, count: number): Promise<string> {
  const { ledger } = stores;
  const tenant = await ledger.ensureTenant(name, null);
  const watch = await ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
  const clusters = Array.from({ length: count }, (_, n) => ({
    id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    service: 'shop',
    namespace: '',
    fingerprint: `fingerprint-${n}`,
    algorithmVersion: 1,
    template: [{ kind: 'text' as const, text: `order of ACME number ${n}` }],
    templateText: `order of ACME number ${n}`,
  }));
  await ledger.write(tenant.id, {
    watchId: watch.id,
    clusters,
    samples: clusters.map(({ id }) => ({ clusterId: id, timestampNs: 5n, text: `order of ACME for ${id}` })),
    minutes: [
      {
        labels: { app: 'shop' },
        service: 'shop',
        namespace: '',
        minuteMs: startMs,
        lineCount: count,
        unreadLineCount: 0,
        isClosed: true,
        counts: clusters.map(({ id }) => ({
          ...{ clusterId: id, level: 'info' as const, eventCount: 1, lineCount: 1 },
          ...{ firstNs: BigInt(startMs) * 1_000_000n, lastNs: BigInt(startMs) * 1_000_000n },
        })),
      },
    ],
  });
  return tenant.id;
}

test('texts that are stored already are rewritten, over pages of rows, of one tenant', async () => {
  const [one, two] = [await fill('rewritten', 1203), await fill('left alone', 3)];
  const store = createRedactionStore(stores.database);
  const rewriter = {
    sample: (text: string) => text.replaceAll('ACME', '<own-customer>'),
    template: () =>
      [
        { kind: 'text', text: 'order of ' },
        { kind: 'variable', type: 'own-customer' },
      ] as const,
  };
  expect(await store.rewriteTexts(one, rewriter)).toBe(2406);
  const range = { fromMs: startMs, toMs: startMs + 60_000 };
  const found = await stores.clusterStore.getCluster(one, '00000000-0000-4000-8000-0000000004b2', range, 1);
  expect(found).toMatchObject({ templateText: 'order of <*>', template: rewriter.template() });
  expect(
    JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  ).not.toContain('ACME');
  expect(await stores.clusterStore.getCluster(two, '00000000-0000-4000-8000-000000000001', range, 1)).toMatchObject({
    templateText: 'order of ACME number 1',
  });
});

test('a rewriter that finds nothing changes nothing', async () => {
  const tenantId = await fill('unchanged', 2);
  const store = createRedactionStore(stores.database);
  expect(await store.rewriteTexts(tenantId, { sample: (text) => text, template: (parts) => parts })).toBe(0);
});
