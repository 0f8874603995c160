import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { hasLogs } from './tenant-logs.ts';

const tenantOf = (name: string, lokiOrgId: string | null) => ({
  id: crypto.randomUUID(),
  name,
  lokiOrgId,
  settings: {},
});

test('a tenant has logs in a Loki of its own, or where nobody else reads them', () => {
  const [configured, abroad] = [tenantOf('a', 'team-a'), tenantOf('abroad', null)];
  const config = parseConfig({
    LOGHUNTER_LOKI_URL: 'http://loki:3100',
    LOGHUNTER_LOKI_ORG_ID: 'team-a',
    LOGHUNTER_LOKI_SOURCES: JSON.stringify([
      { name: 'own', url: 'http://loki-abroad:3100', tenantId: abroad.id },
      { name: 'more', url: 'http://LOKI:3100/', orgId: 'team-b' },
    ]),
  });
  const has = (tenant: typeof abroad) => hasLogs({ config, configured }, tenant);
  expect([has(configured), has(abroad), has(tenantOf('c', 'team-c'))]).toEqual([true, true, true]);
  expect([has(tenantOf('same', 'team-a')), has(tenantOf('taken', 'team-b')), has(tenantOf('none', null))]).toEqual([
    false,
    false,
    false,
  ]);
});

test('only the configured tenant has logs in the embedded log store', () => {
  const [configured, other] = [tenantOf('a', null), tenantOf('b', 'team-b')];
  const parts = { config: parseConfig({}), configured };
  expect([hasLogs(parts, configured), hasLogs(parts, other)]).toEqual([true, false]);
});
