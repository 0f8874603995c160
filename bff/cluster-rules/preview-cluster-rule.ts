import type { PreviewClusterRuleResponse, RequestOf } from '@loghunter/contracts';
import { idOfKey, UserRules, type UserRule } from '@loghunter/engine/cluster-rules';
import type { LogEvent } from '@loghunter/engine/multiline';
import type { MinuteRange, RuledCluster } from '@loghunter/ports';
import { requireCluster } from '../clusters/cluster-feature.ts';
import { buildClusterQuery } from '../clusters/cluster-query.ts';
import { findClusterEvents } from '../clusters/find-cluster-events.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';
import type { ClusterRuleFeature } from './cluster-rule-feature.ts';
import { createEventPlacer, type PlacedEvent } from './place-event.ts';
import { readRule } from './read-rule.ts';

const defaultEventCount = 200;
const maxListed = 50;
const maxExamples = 20;
const maxTextLength = 8192;
/** Clusters whose lines are read: each costs a search of the log store. */
const maxReadClusters = 3;

interface MovedCluster {
  readonly cluster: RuledCluster;
  readonly intoId: string;
}

/** Says what a rule would do to stored clusters, and tries it on real lines; nothing is kept. */
export async function previewClusterRule(
  feature: ClusterRuleFeature,
  request: RequestOf<'previewClusterRule'>,
  context: CallContext
): Promise<PreviewClusterRuleResponse> {
  const rule = await readRule(feature, request.rule);
  const range = readTimeRange(request, feature.clock.nowMs());
  const planned = plan(feature, rule);
  const moved = await findMoved(feature, planned);
  const changedClusters = await Promise.all(
    moved.slice(0, maxListed).map((found) => describeMoved(feature, found, range))
  );
  const ids = rule.kind === 'rename' ? [] : [...new Set([...targetsOf(feature, rule), ...moved.map(idOf)])];
  const events: LogEvent[] = [];
  for (const id of ids.slice(0, maxReadClusters)) {
    const limit = Math.ceil((request.events ?? defaultEventCount) / Math.min(ids.length, maxReadClusters));
    events.push(...(await readEvents(feature, id, range, limit, context.signal)));
  }
  const place = createEventPlacer(feature, planned);
  return {
    changedClusterCount: moved.length,
    changedClusters,
    eventCount: sum(changedClusters.map(({ eventCount }) => eventCount)),
    lineCount: sum(changedClusters.map(({ lineCount }) => lineCount)),
    readEventCount: events.length,
    ...describeEvents(events.map(place)),
  };
}

function plan({ identifier: { rules }, tenantId }: ClusterRuleFeature, rule: UserRule): UserRules {
  return new UserRules({
    tenantId,
    rules: [...rules.userRules.rules, { id: 'preview', rule }],
    generalise: (key) => rules.generalise(key),
  });
}

/** Clusters that are shown now and would be part of another one. */
async function findMoved(
  { clusterRules, tenantId }: ClusterRuleFeature,
  planned: UserRules
): Promise<readonly MovedCluster[]> {
  const stored = await clusterRules.readClusters(tenantId, null);
  return stored
    .filter(({ canonicalId }) => canonicalId === null)
    .map((cluster) => ({ cluster, intoId: planned.canonicalOf(cluster).id }))
    .filter(({ cluster, intoId }) => cluster.id !== intoId);
}

function idOf({ cluster }: MovedCluster): string {
  return cluster.id;
}

function targetsOf({ tenantId }: ClusterRuleFeature, rule: Exclude<UserRule, { kind: 'rename' }>): readonly string[] {
  return rule.kind === 'split' ? [idOfKey(tenantId, rule.cluster)] : [];
}

async function describeMoved(
  { clusters, tenantId }: ClusterRuleFeature,
  { cluster, intoId }: MovedCluster,
  range: MinuteRange
): Promise<PreviewClusterRuleResponse['changedClusters'][number]> {
  const row = await clusters.getCluster(tenantId, cluster.id, range, 1);
  return {
    clusterId: cluster.id,
    templateText: cluster.templateText,
    intoId,
    eventCount: row?.eventCount ?? 0,
    lineCount: row?.lineCount ?? 0,
  };
}

async function readEvents(
  feature: ClusterRuleFeature,
  id: string,
  range: MinuteRange,
  limit: number,
  signal: AbortSignal
): Promise<readonly LogEvent[]> {
  const cluster = await requireCluster(feature, id, range, 1);
  const query = await buildClusterQuery(feature, cluster, range);
  if (query === null || cluster.lineCount === 0) {
    return [];
  }
  const isJoined = cluster.lineCount > cluster.eventCount;
  const search = { clusterId: cluster.id, query, ...toNanosecondRange(range), limit, isJoined, signal };
  return (await findClusterEvents(feature, search)).events.map(({ event }) => event);
}

function describeEvents(
  placed: readonly PlacedEvent[]
): Pick<PreviewClusterRuleResponse, 'movedEventCount' | 'places' | 'placeCount' | 'examples'> {
  const places = [...Map.groupBy(placed, ({ after }) => after.clusterId).values()]
    .flatMap((events) => (events[0] === undefined ? [] : [{ ...events[0].after, eventCount: events.length }]))
    .toSorted((a, b) => b.eventCount - a.eventCount || (a.clusterId < b.clusterId ? -1 : 1));
  const moved = placed.filter(({ before, after }) => before.clusterId !== after.clusterId);
  const firsts = [...Map.groupBy(moved, ({ after }) => after.clusterId).values()].flatMap((events) =>
    events.slice(0, 1)
  );
  const others = moved.filter((event) => !firsts.includes(event));
  return {
    movedEventCount: moved.length,
    places: places.slice(0, maxListed),
    placeCount: places.length,
    examples: [...firsts, ...others]
      .slice(0, maxExamples)
      .map(({ text, before, after }) => ({ text: text.slice(0, maxTextLength), before, after })),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
