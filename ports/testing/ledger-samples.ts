import type { Level } from '@loghunter/engine/severity';
import type { ClusterRules } from '../cluster-rules.ts';
import type { ClusterStore } from '../cluster-store.ts';
import type { ClusterCount, ClusterIdentity, Ledger, StreamMinute, Tenant, Watch } from '../ledger.ts';

/** A ledger and a cluster store over the same rows. */
export interface StoresUnderTest {
  readonly ledger: Ledger;
  readonly clusterStore: ClusterStore;
  readonly clusterRules: ClusterRules;
}

/** A tenant and watch of its own, so that cases do not disturb each other. */
export interface FreshTenant {
  readonly tenant: Tenant;
  readonly watch: Watch;
}

/** 2026-11-20T10:00:00Z, a full hour. */
export const hourStartMs = Date.UTC(2026, 10, 20, 10);
export const minuteMs = 60_000;
export const hourMs = 3_600_000;

export async function openTenant({ ledger }: StoresUnderTest): Promise<FreshTenant> {
  const tenant = await ledger.ensureTenant(`tenant ${crypto.randomUUID()}`, null);
  const watch = await ledger.ensureWatch(tenant.id, {
    name: 'all',
    selectors: ['{app=~".+"}'],
    discoveredLabelNames: [],
  });
  return { tenant, watch };
}

/** The n-th cluster: service `service-<n % 3>`, template "failed <*> of <n>". */
export function clusterOf(n: number, overrides: Partial<ClusterIdentity> = {}): ClusterIdentity {
  return {
    id: clusterIdOf(n),
    service: `service-${n % 3}`,
    namespace: `namespace-${n % 2}`,
    fingerprint: `fingerprint-${n}`,
    algorithmVersion: 1,
    template: [
      { kind: 'text', text: 'failed ' },
      { kind: 'variable', type: 'number' },
      { kind: 'text', text: ` of ${n}` },
    ],
    templateText: `failed <*> of ${n}`,
    ...overrides,
  };
}

export function clusterIdOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Counts of the n-th cluster; its events lie one second after the minute's start and later. */
export function countOf(
  n: number,
  atMs: number,
  eventCount: number,
  overrides: Partial<ClusterCount> & { readonly level?: Level } = {}
): ClusterCount {
  return {
    clusterId: clusterIdOf(n),
    level: 'error',
    eventCount,
    lineCount: eventCount,
    firstNs: BigInt(atMs + 1000) * 1_000_000n,
    lastNs: BigInt(atMs + 1000 + eventCount) * 1_000_000n,
    ...overrides,
  };
}

/** A closed minute of the stream {app="shop", pod="<pod>"}; its lines are those of its counts. */
export function minuteOf(
  atMs: number,
  counts: readonly ClusterCount[],
  overrides: Partial<StreamMinute> & { readonly pod?: string } = {}
): StreamMinute {
  const { pod = 'a', ...rest } = overrides;
  return {
    labels: { app: 'shop', pod },
    service: 'shop',
    namespace: 'store',
    minuteMs: atMs,
    lineCount: counts.reduce((total, count) => total + count.lineCount, 0),
    unreadLineCount: 0,
    isClosed: true,
    counts,
    ...rest,
  };
}

/** Writes minutes with the identities of the first `clusterCount` clusters. */
export async function writeMinutes(
  stores: Pick<StoresUnderTest, 'ledger'>,
  { tenant, watch }: FreshTenant,
  minutes: readonly StreamMinute[],
  clusterCount = 10
): Promise<void> {
  const clusters = Array.from({ length: clusterCount }, (_, n) => clusterOf(n));
  await stores.ledger.write(tenant.id, { watchId: watch.id, minutes, clusters, samples: [] });
}
