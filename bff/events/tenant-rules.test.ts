import { algorithmVersion, createFingerprinter, type EventIdentity } from '@loghunter/engine/fingerprints';
import type { ClusterIdentity, ClusterRules, Ledger } from '@loghunter/ports';
import { createFakeStores, createManualClock } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { createEventIdentifier, type EventIdentifier } from './identify-event.ts';
import { createTenantRules, type TenantRules } from './tenant-rules.ts';

const startMs = Date.UTC(2026, 10, 20, 10);
const services = { serviceLabels: ['app'], namespaceLabels: [] };
const names = [
  'alpha',
  'bravo',
  'carol',
  'delta',
  'erin',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'mallory',
  'niaj',
];
const closings = names.map((name) => `session of user ${name} was closed by peer`);
const fingerprinter = createFingerprinter();

interface Parts {
  readonly tenantId: string;
  readonly ledger: Ledger;
  readonly clusterRules: ClusterRules;
  replica(): { readonly rules: TenantRules; readonly identifier: EventIdentifier };
  store(clusters: ReadonlyArray<readonly [identity: ClusterIdentity, samples: readonly string[]]>): Promise<void>;
}

async function createParts(maxClusterCount?: number): Promise<Parts> {
  const clock = createManualClock(startMs);
  const { ledger, clusterRules } = createFakeStores(() => clock.nowMs());
  const { id: tenantId } = await ledger.ensureTenant('one', null);
  const watch = await ledger.ensureWatch(tenantId, { name: 'all', selectors: ['{}'], discoveredLabelNames: [] });
  return {
    ...{ tenantId, ledger, clusterRules },
    replica() {
      const rules = createTenantRules({ tenantId, rules: clusterRules, clock });
      const limit = maxClusterCount === undefined ? {} : { maxClusterCount };
      return { rules, identifier: createEventIdentifier({ tenantId, services, rules, ...limit }) };
    },
    async store(clusters) {
      const atNs = BigInt(startMs) * 1_000_000n;
      await ledger.write(tenantId, {
        watchId: watch.id,
        minutes: [
          {
            ...{ labels: { app: 'shop' }, service: 'shop', namespace: '', minuteMs: startMs },
            ...{ lineCount: clusters.length, unreadLineCount: 0, isClosed: true },
            counts: clusters.map(([{ id }]) => ({
              ...({ clusterId: id, level: 'info', eventCount: 1, lineCount: 1, firstNs: atNs, lastNs: atNs } as const),
            })),
          },
        ],
        clusters: clusters.map(([identity]) => identity),
        samples: clusters.flatMap(([{ id }, samples]) =>
          samples.map((text, index) => ({ clusterId: id, timestampNs: atNs + BigInt(index), text }))
        ),
      });
    },
  };
}

function eventOf(line: string) {
  return { entries: [{ labels: { app: 'shop' }, timestampNs: 1n, line, metadata: {} }], text: line } as const;
}

function identify(text: string): EventIdentity {
  return fingerprinter.identify({ text });
}

/** The cluster of a line as an older version would have made it: under a fingerprint that no line has now. */
function ofOlderVersion(n: number, line: string): ClusterIdentity {
  const { template, templateText, signature } = identify(line);
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const facts = { id, service: 'shop', namespace: '', template, templateText, signature };
  return { ...facts, fingerprint: `older-${n}`, algorithmVersion: algorithmVersion - 1 };
}

function learn({ rules }: { readonly rules: TenantRules }, lines: readonly string[]): Promise<void> {
  return rules.learn(lines.map((line) => identify(line).signature));
}

describe('a new version of the algorithm', () => {
  const line = 'checkout of cart 17 failed after 3 tries';

  test('leaves lines of an older cluster in it, with its id', async () => {
    const parts = await createParts();
    const { fingerprint } = identify(line);
    const older = ofOlderVersion(1, line);
    await parts.store([[older, [line, 'checkout of cart 18 failed after 4 tries']]]);
    const { rules, identifier } = parts.replica();
    await rules.follow();
    const counted = identifier.countedAs(identifier.identify(eventOf(line)));
    expect(counted.identity.fingerprint).toBe('older-1');
    expect(counted.identity.fingerprint).not.toBe(fingerprint);
    expect(counted.canonical).toBeNull();
    // Another replica, which only reads what is stored, answers the same.
    const other = parts.replica();
    await other.rules.refresh();
    expect(other.identifier.countedAs(other.identifier.identify(eventOf(line))).identity.id).toBe(counted.identity.id);
    // A second start finds nothing to do.
    const before = await parts.clusterRules.readSequence(parts.tenantId);
    await parts.replica().rules.follow();
    expect(await parts.clusterRules.readSequence(parts.tenantId)).toBe(before);
  });

  test('leaves a cluster whose samples part as it was', async () => {
    const parts = await createParts();
    await parts.store([[ofOlderVersion(1, line), [line, 'cart 17 was emptied by its owner']]]);
    const { rules, identifier } = parts.replica();
    await rules.follow();
    expect(identifier.countedAs(identifier.identify(eventOf(line))).identity.fingerprint).toBe(
      identify(line).fingerprint
    );
    expect(await parts.clusterRules.readSequence(parts.tenantId)).toBe(0);
  });

  test('makes clusters that it does not tell apart any more one, under one of the old ids', async () => {
    const parts = await createParts();
    await parts.store([
      [ofOlderVersion(1, line), [line]],
      [ofOlderVersion(2, line), [line]],
    ]);
    const { rules } = parts.replica();
    await rules.follow();
    const shown = (await parts.clusterRules.readClusters(parts.tenantId, null)).map((cluster) => cluster.canonicalId);
    expect(shown.filter((id) => id === null)).toHaveLength(1);
  });

  test('learns again what the samples of a learned cluster show', async () => {
    const parts = await createParts();
    await parts.store([[ofOlderVersion(1, closings[0] ?? ''), closings.slice(0, 8)]]);
    const { rules, identifier } = parts.replica();
    await rules.follow();
    expect(identifier.countedAs(identifier.identify(eventOf(closings[11] ?? ''))).identity.fingerprint).toBe('older-1');
  });
});

describe('rules of replicas', () => {
  test('that learn at the same time are all kept', async () => {
    const parts = await createParts();
    const [one, two] = [parts.replica(), parts.replica()];
    const others = names.map((name) => `worker ${name} cannot reach its database within the limit`);
    await Promise.all([learn(one, closings), learn(two, others)]);
    await Promise.all([one.rules.follow(), two.rules.follow()]);
    for (const lines of [closings, others]) {
      const ids = [one, two].flatMap(({ identifier }) =>
        lines.map((line) => identifier.canonicalIdOf(identifier.identify(eventOf(line))))
      );
      expect(new Set(ids).size).toBe(1);
    }
  });
});

describe('lines of more clusters than are kept', () => {
  test('are counted as not clustered, unless a rule covers them or their cluster is known', async () => {
    const parts = await createParts(3);
    const replica = parts.replica();
    await learn(replica, closings);
    const countedAs = (line: string) =>
      replica.identifier.countedAs(replica.identifier.identify(eventOf(line))).identity;
    const known = ['connection to broker lost', 'cache is cold', 'leader was elected'].map(countedAs);
    expect(new Set(known.map(({ id }) => id)).size).toBe(3);
    const turnedAway = ['disk is nearly full', 'certificate expires soon'].map(countedAs);
    expect(new Set(turnedAway.map(({ id }) => id)).size).toBe(1);
    expect(turnedAway[0]?.template).toEqual([{ kind: 'variable', type: 'unclustered' }]);
    expect(countedAs('cache is cold').id).toBe(known[1]?.id);
    expect(countedAs(closings[3] ?? '').templateText).toBe('session of user <*> was closed by peer');
  });

  test('are as many as is said, also after the first of them are stored', async () => {
    const parts = await createParts(4);
    const { rules, identifier } = parts.replica();
    const countedAs = (line: string) => identifier.countedAs(identifier.identify(eventOf(line))).identity;
    const first = ['connection to broker lost', 'cache is cold'];
    await parts.store(first.map((line) => [countedAs(line), [line]]));
    await rules.follow();
    const lines = [...first, 'leader was elected', 'disk is nearly full'];
    expect(new Set(lines.map((line) => countedAs(line).id)).size).toBe(4);
    expect(countedAs('certificate expires soon').template).toEqual([{ kind: 'variable', type: 'unclustered' }]);
  });
});

describe('a change of people whose transaction', () => {
  const line = 'checkout of cart 17 failed after 3 tries';
  async function createChange() {
    const parts = await createParts();
    const { fingerprint, signature } = identify(line);
    const cluster = { service: 'shop', namespace: '', fingerprint, signature };
    const actions: Array<() => void> = [];
    const clock = createManualClock(startMs);
    const { tenantId } = parts;
    // What the store holds stands for what has committed: a rolled back change leaves it as it was.
    let isRolledBack = false;
    const rules: ClusterRules = {
      ...parts.clusterRules,
      readChanges: async (tenant, after) => (isRolledBack ? [] : parts.clusterRules.readChanges(tenant, after)),
    };
    const replica = createTenantRules({ tenantId, rules, clock, afterCommit: (action) => actions.push(action) });
    await replica.changeUserRules({
      ...{ actor: 'ann', undoneIds: [] },
      added: [{ origin: 'user', kind: 'rename', body: { cluster, title: 'Checkout fails', follows: null } }],
    });
    return {
      replica,
      commit: () => actions.forEach((action) => action()),
      rollBack: () => {
        isRolledBack = true;
      },
      later: () => clock.advance(60_000),
    };
  }

  test('rolls back is forgotten by the next look', async () => {
    const { replica, rollBack, later } = await createChange();
    expect(replica.userRules.rules).toHaveLength(1);
    rollBack();
    later();
    await replica.refresh();
    expect(replica.userRules.rules).toEqual([]);
  });

  test('commits stays, also when others are read after it', async () => {
    const { replica, commit, later } = await createChange();
    commit();
    later();
    await replica.refresh();
    expect(replica.userRules.rules).toHaveLength(1);
  });
});
