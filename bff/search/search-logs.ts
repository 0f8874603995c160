import type { RequestOf, SearchGroup, SearchLogsResponse } from '@loghunter/contracts';
import { levelsBySeverity } from '@loghunter/engine/severity';
import { renderTemplate } from '@loghunter/engine/templates';
import type { MinuteRange, NanosecondRange, RuledCluster } from '@loghunter/ports';
import { presentLine } from '../clusters/list-cluster-lines.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange, toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import { findEvents, type FoundEvent } from './find-events.ts';
import type { SearchFeature } from './search-feature.ts';
import { buildSearchQuery, type SearchQuery } from './search-query.ts';

type Request = RequestOf<'searchLogs'>;

const minuteMs = 60_000;
const defaultLinesPerCluster = 5;

/** `POST /api/v1/search` */
export async function searchLogs(
  feature: SearchFeature,
  request: Request,
  { signal }: CallContext
): Promise<SearchLogsResponse> {
  const beganAtMs = feature.clock.nowMs();
  const range = readTimeRange(request, beganAtMs);
  const query = await buildSearchQuery(feature, request, range);
  const found = await findEvents(feature, request, query.text, cutAt(request, toNanosecondRange(range)), signal);
  const { oldestNs } = found;
  return {
    range: presentRange(range),
    query: query.text,
    groups: await groupByCluster(feature, request, found.events),
    eventCount: found.events.length,
    lineCount: found.lineCount,
    coverage: await readCoverage(feature, request, query, range, oldestNs),
    // The oldest nanosecond may hold more than this page had: it is read again, unless it filled the page.
    nextBefore: oldestNs === null ? null : String(isStuck(request, oldestNs) ? oldestNs : oldestNs + 1n),
    scannedBytes: Math.round(found.scannedBytes),
    elapsedMs: Math.max(0, Math.round(feature.clock.nowMs() - beganAtMs)),
  };
}

function isStuck({ before }: Request, oldestNs: bigint): boolean {
  return before !== undefined && BigInt(before) <= oldestNs + 1n;
}

function cutAt({ before }: Request, { fromNs, toNs }: NanosecondRange): NanosecondRange {
  const cutNs = before === undefined ? toNs : BigInt(before);
  return { fromNs, toNs: cutNs < fromNs ? fromNs : cutNs > toNs ? toNs : cutNs };
}

async function groupByCluster(
  feature: SearchFeature,
  request: Request,
  events: readonly FoundEvent[]
): Promise<SearchGroup[]> {
  const groups = Map.groupBy(events, ({ clusterId }) => clusterId);
  const stored = await feature.clusterRules.readClustersById(feature.tenantId, [...groups.keys()]);
  const byId = new Map(stored.map((cluster) => [cluster.id, cluster]));
  const maxLines = request.linesPerCluster ?? defaultLinesPerCluster;
  return [...groups]
    .flatMap(([id, group]) => {
      const [newest] = group;
      return newest === undefined ? [] : [presentGroup(feature, byId.get(id), newest, group, maxLines)];
    })
    .sort((a, b) => b.eventCount - a.eventCount || (a.clusterId < b.clusterId ? -1 : 1));
}

function presentGroup(
  { identifier }: SearchFeature,
  stored: RuledCluster | undefined,
  { clusterId, known }: FoundEvent,
  group: readonly FoundEvent[],
  maxLines: number
): SearchGroup {
  const title = identifier.rules.userRules.titleOf(clusterId);
  const times = group.map(({ event }) => Number(event.entries[0].timestampNs / 1_000_000n));
  const levels = new Set(group.map((found) => found.known.level));
  return {
    clusterId,
    isKnown: stored !== undefined,
    service: stored?.service ?? known.service,
    namespace: stored?.namespace ?? known.namespace,
    level: levelsBySeverity.find((level) => levels.has(level)) ?? 'unknown',
    templateText: stored?.templateText ?? renderTemplate(known.identity.template),
    ...(title === null ? {} : { title }),
    eventCount: group.length,
    lineCount: group.reduce((total, { event }) => total + event.entries.length, 0),
    firstFound: toTimestamp(times.at(-1) ?? 0),
    lastFound: toTimestamp(times[0] ?? 0),
    lines: group.slice(0, maxLines).map(({ event, known: { level } }) => presentLine(event, level)),
  };
}

async function readCoverage(
  feature: SearchFeature,
  request: Request,
  { isCounted }: SearchQuery,
  range: MinuteRange,
  oldestNs: bigint | null
): Promise<SearchLogsResponse['coverage']> {
  const oldestMs = oldestNs === null ? range.fromMs : Math.max(range.fromMs, Number(oldestNs / 1_000_000n));
  const searched = { fromMs: Math.ceil(oldestMs / minuteMs) * minuteMs, toMs: range.toMs };
  const marks = { isComplete: oldestNs === null, searchedFrom: toTimestamp(oldestMs) };
  if (!isCounted) {
    return { ...marks, searchedLineCount: null, lineCount: null };
  }
  const [searchedLineCount, lineCount] = await Promise.all([
    countLines(feature, request, searched),
    countLines(feature, request, range),
  ]);
  return { ...marks, searchedLineCount, lineCount };
}

/** Lines of these services in a range, as the ledger counts them. */
export async function countLines(
  { tenantId, clusters }: SearchFeature,
  { service, namespace }: Pick<Request, 'service' | 'namespace'>,
  range: MinuteRange
): Promise<number> {
  if (range.fromMs >= range.toMs) {
    return 0;
  }
  const filter = { range, services: service ?? [], namespaces: namespace ?? [] };
  const counts = await clusters.countSources(tenantId, filter, {
    startMs: range.fromMs,
    stepMs: range.toMs - range.fromMs,
  });
  return counts.reduce((total, { lineCount }) => total + lineCount, 0);
}
