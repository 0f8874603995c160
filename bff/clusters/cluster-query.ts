import type { LogQuery as PresentedQuery } from '@loghunter/contracts';
import { lineFilter, printQuery, selector, withStages, type LogQuery } from '@loghunter/engine/logql';
import { hasStackTrace } from '@loghunter/engine/fingerprints';
import type { Labels } from '@loghunter/engine/records';
import { lineFiltersOf, type TemplatePart } from '@loghunter/engine/templates';
import type { MinuteRange } from '@loghunter/ports';
import { matchStreams } from '../events/match-streams.ts';
import type { ClusterFeature } from './cluster-feature.ts';
import { presentRange } from '../http/time-range.ts';
import type { ShownCluster } from './show-cluster.ts';

/** Streams looked at to find what they have in common. */
const maxStreams = 500;
/** More values than this in one matcher cost Loki more than the matcher saves. */
const maxAlternatives = 20;
/** Loki tests filters in order on every line: the longest few decide. */
const maxLineFilters = 4;
const minuteMs = 60_000;

/** The LogQL that narrows down to a cluster's lines; null when nothing is known of its streams. */
export async function buildClusterQuery(
  feature: ClusterFeature,
  cluster: ShownCluster,
  range: MinuteRange
): Promise<LogQuery | null> {
  const streams = await findStreams(feature, cluster, range);
  const matchers = matchStreams(streams, maxAlternatives);
  if (matchers.length === 0) {
    return null;
  }
  const filters = filtersOf(cluster).filter((text) => isInAll(cluster.mergedTemplates, text));
  return withStages(selector(...matchers), ...filters.map((text) => lineFilter('|=', text)));
}

async function findStreams(
  feature: ClusterFeature,
  cluster: ShownCluster,
  range: MinuteRange
): Promise<readonly Labels[]> {
  const { tenantId, clusters } = feature;
  const inRange = await clusters.listStreams(tenantId, cluster.id, range, maxStreams);
  if (inRange.length > 0) {
    return inRange.map((stream) => stream.labels);
  }
  // Nothing here in this range: its other streams still make a query that a person can use.
  const whole = {
    fromMs: Math.floor(cluster.firstSeenMs / minuteMs) * minuteMs,
    toMs: (Math.floor(cluster.lastSeenMs / minuteMs) + 1) * minuteMs,
  };
  return (await clusters.listStreams(tenantId, cluster.id, whole, maxStreams)).map((stream) => stream.labels);
}

// What was merged has other words.
function isInAll(templates: ShownCluster['mergedTemplates'], text: string): boolean {
  return templates.every((parts) => parts.some((part) => part.kind === 'text' && part.text.includes(text)));
}

// Filters look at one line each, so that filters from several lines of an event would find nothing.
function filtersOf(cluster: ShownCluster): readonly string[] {
  if (hasStackTrace(cluster.template)) {
    return lineFiltersOf(exceptionTypeOf(cluster.template)).slice(0, 1);
  }
  return lineFiltersOf(cluster.template).slice(0, cluster.lineCount > cluster.eventCount ? 1 : maxLineFilters);
}

// A trace's template shows one of the messages; only the exception's type, at its start, is the same in all.
function exceptionTypeOf(template: readonly TemplatePart[]): readonly TemplatePart[] {
  const [head] = template;
  const type = head?.kind === 'text' ? /^[\w.$:]*\w(?=: | at |$)/.exec(head.text)?.[0] : undefined;
  return type === undefined ? [] : [{ kind: 'text', text: type }];
}

/** A query as answers write it; the expression is empty when the cluster has no streams left. */
export function presentQuery(query: LogQuery | null, range: MinuteRange): PresentedQuery {
  return { expression: query === null ? '' : printQuery(query), range: presentRange(range), isExact: false };
}
