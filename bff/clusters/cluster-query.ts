import type { LogQuery as PresentedQuery } from '@loghunter/contracts';
import {
  isQueryableLabelName,
  lineFilter,
  matcher,
  printQuery,
  selector,
  withStages,
  type LabelMatcher,
  type LogQuery,
} from '@loghunter/engine/logql';
import { hasStackTrace } from '@loghunter/engine/fingerprints';
import type { Labels } from '@loghunter/engine/records';
import { lineFiltersOf, type TemplatePart } from '@loghunter/engine/templates';
import type { ClusterRow, MinuteRange } from '@loghunter/ports';
import type { ClusterFeature } from './cluster-feature.ts';
import { presentRange } from '../http/time-range.ts';

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
  cluster: ClusterRow,
  range: MinuteRange
): Promise<LogQuery | null> {
  const streams = await findStreams(feature, cluster, range);
  const matchers = commonMatchers(streams);
  if (matchers.length === 0) {
    return null;
  }
  const filters = filtersOf(cluster);
  return withStages(selector(...matchers), ...filters.map((text) => lineFilter('|=', text)));
}

async function findStreams(
  feature: ClusterFeature,
  cluster: ClusterRow,
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

/** Matchers on labels that all streams have: every value that occurs, as long as they are few. */
export function commonMatchers(streams: readonly Labels[]): readonly LabelMatcher[] {
  const names = Object.keys(streams[0] ?? {}).filter(
    (name) => isQueryableLabelName(name) && streams.every((labels) => labels[name] !== undefined && labels[name] !== '')
  );
  const candidates = names
    .toSorted()
    .map((name) => ({ name, values: [...new Set(streams.map((labels) => labels[name] ?? ''))].toSorted() }));
  const narrow = candidates.filter((candidate) => candidate.values.length <= maxAlternatives);
  const chosen = narrow.length > 0 ? narrow : candidates.slice(0, 1);
  return chosen.map(({ name, values }) => {
    if (values.length === 1) {
      return matcher(name, '=', values[0] ?? '');
    }
    return values.length <= maxAlternatives
      ? matcher(name, '=~', values.map(escapeExpression).join('|'))
      : matcher(name, '=~', '.+');
  });
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

// Filters look at one line each, so that filters from several lines of an event would find nothing.
function filtersOf(cluster: ClusterRow): readonly string[] {
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
