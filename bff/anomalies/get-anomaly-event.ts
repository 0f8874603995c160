import type { GetAnomalyEventResponse, RequestOf, ResponseOf, SeriesBand } from '@loghunter/contracts';
import type { ServiceSettings } from '@loghunter/engine/records';
import type { AnomalyEventRow, ClusterTotal, MinuteRange } from '@loghunter/ports';
import { presentDeploy } from '../deploys/deploy-routes.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';
import { readExpectedSeries } from './expected-series.ts';
import { requireEvent } from './feedback-routes.ts';
import { presentEvent } from './present-anomaly.ts';
import { chooseStepMs, drawBand } from './series-band.ts';
import { serviceQuery } from './service-query.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Shown around an event, so that people see what was usual. */
const beforeMs = 3 * hourMs;
const afterMs = hourMs;
const points = 240;
const maxClusters = 5;
const maxLabels = 8;
const maxLinesPerCluster = 3;
const maxDeploys = 50;
const maxStreams = 200;

/** What showing an event needs beside. */
export type EventFeature = AnomalyFeature & { readonly services: ServiceSettings };

/** `GET /api/v1/anomaly-events/{id}` */
export async function getAnomalyEvent(
  feature: EventFeature,
  { id }: RequestOf<'getAnomalyEvent'>
): Promise<ResponseOf<'getAnomalyEvent'>> {
  const { tenantId, anomalies, deploys, series, clock } = feature;
  const event = await requireEvent(feature, id);
  const nowMs = clock.nowMs();
  const open = openRange(event, nowMs);
  const shown = {
    fromMs: floor(event.startedAtMs - beforeMs),
    toMs: Math.min(ceil((event.endedAtMs ?? nowMs) + afterMs), ceil(nowMs)),
  };
  const clusters = await findClusters(feature, event, open);
  const marks = await deploys.list(
    tenantId,
    { range: shown, services: [event.service] },
    { limit: maxDeploys, offset: 0 }
  );
  const streams = await series.listStreamsOf(tenantId, event, maxStreams);
  return {
    event: presentEvent(event),
    series: await drawSeries(feature, event, shown),
    reasons: [...event.details.reasons],
    clusters,
    labels: await findLabels(feature, clusters[0]?.id, open),
    lines: await findLines(feature, clusters),
    query: serviceQuery(streams, feature.services, open),
    deploys: marks.deploys.map(presentDeploy),
    feedback: (await anomalies.listFeedback(tenantId, id)).map(({ verdict, reason, by, atMs }) => ({
      ...{ verdict, reason },
      by: by.name,
      at: toTimestamp(atMs),
    })),
  };
}

/** From its start to its end or now; a day at most, because counts of more take long to read. */
function openRange(event: AnomalyEventRow, nowMs: number): MinuteRange {
  const fromMs = floor(event.startedAtMs);
  const endMs = ceil(Math.max(event.endedAtMs ?? nowMs, event.detectedAtMs));
  return { fromMs, toMs: Math.max(fromMs + minuteMs, Math.min(endMs, fromMs + dayMs)) };
}

async function drawSeries(feature: EventFeature, event: AnomalyEventRow, range: MinuteRange): Promise<SeriesBand> {
  const { tenantId, clusters } = feature;
  const coverage = await clusters.readCoverage(tenantId, range);
  const expected = await readExpectedSeries(
    { ...feature, timeZone: feature.installation.detection.timeZone },
    event.seriesKey,
    event.clusterId ?? event.service
  );
  const isErrors = event.metric === 'errors';
  return drawBand({
    ...{ metric: event.metric, range, stepMs: chooseStepMs(range, points) },
    counts: await readCounts(feature, event, range),
    ...{ knownFromMs: coverage.readFromMs, knownToMs: coverage.readUpToMs },
    expect: expected === null ? null : isErrors ? expected.expectErrors : expected.expectTotal,
  });
}

async function readCounts(
  { tenantId, series }: EventFeature,
  event: AnomalyEventRow,
  range: MinuteRange
): Promise<ReadonlyMap<number, number>> {
  if (event.clusterId !== null) {
    const minutes = await series.readMinutesOfCluster(tenantId, event.clusterId, range);
    return new Map(minutes.map(({ minuteMs: atMs, eventCount }) => [atMs, eventCount]));
  }
  const minutes = await series.readMinutesOf(tenantId, event, range);
  return new Map(
    minutes.map(({ minuteMs: atMs, lineCount, skippedLineCount, errorCount }) => [
      atMs,
      event.metric === 'errors' ? errorCount : lineCount + skippedLineCount,
    ])
  );
}

type ShownClusters = GetAnomalyEventResponse['clusters'];

/** Clusters whose count differs most from that of an hour before, for its time; the event's own first. */
async function findClusters(
  { tenantId, series }: EventFeature,
  event: AnomalyEventRow,
  open: MinuteRange
): Promise<ShownClusters> {
  const before = { fromMs: open.fromMs - hourMs, toMs: open.fromMs };
  const now = await series.readClusterTotals(tenantId, event, open);
  const earlier = await series.readClusterTotals(tenantId, event, before);
  const scale = (open.toMs - open.fromMs) / hourMs;
  const earlierById = new Map(earlier.map((total) => [total.clusterId, total]));
  const nowById = new Map(now.map((total) => [total.clusterId, total]));
  const ids = [...new Set([...nowById.keys(), ...earlierById.keys()])];
  const shown = ids.flatMap((id): ShownClusters => {
    const total: ClusterTotal | undefined = nowById.get(id) ?? earlierById.get(id);
    return total === undefined
      ? []
      : [
          {
            ...{ id, templateText: total.templateText, level: total.level },
            eventCount: nowById.get(id)?.eventCount ?? 0,
            expectedCount: Math.round((earlierById.get(id)?.eventCount ?? 0) * scale * 100) / 100,
            isNew: total.firstSeenMs >= open.fromMs,
          },
        ];
  });
  const weight = (cluster: ShownClusters[number]) => Math.abs(cluster.eventCount - cluster.expectedCount);
  return shown
    .toSorted((a, b) => Number(b.id === event.clusterId) - Number(a.id === event.clusterId) || weight(b) - weight(a))
    .slice(0, maxClusters);
}

async function findLabels(
  { tenantId, clusters }: EventFeature,
  clusterId: string | undefined,
  range: MinuteRange
): Promise<GetAnomalyEventResponse['labels']> {
  if (clusterId === undefined) {
    return [];
  }
  const counts = await clusters.countLabelValues(tenantId, clusterId, range);
  const totals = Map.groupBy(counts, ({ name }) => name);
  const shares = counts.map(({ name, value, clusterLineCount, overallLineCount }) => {
    const ofName = totals.get(name) ?? [];
    return {
      ...{ name, value },
      share: shareOf(
        clusterLineCount,
        ofName.map((count) => count.clusterLineCount)
      ),
      overallShare: shareOf(
        overallLineCount,
        ofName.map((count) => count.overallLineCount)
      ),
    };
  });
  // What all lines have says nothing.
  return shares
    .filter(({ share, overallShare }) => share > overallShare)
    .toSorted((a, b) => b.share - b.overallShare - (a.share - a.overallShare))
    .slice(0, maxLabels);
}

function shareOf(part: number, all: readonly number[]): number {
  const total = all.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : part / total;
}

async function findLines(
  { tenantId, clusters: store }: EventFeature,
  clusters: ShownClusters
): Promise<GetAnomalyEventResponse['lines']> {
  const lines: GetAnomalyEventResponse['lines'] = [];
  for (const { id } of clusters.filter(({ eventCount }) => eventCount > 0)) {
    const samples = await store.listSamples(tenantId, id);
    lines.push(
      ...samples.slice(-maxLinesPerCluster).map(({ atMs, text }) => ({ at: toTimestamp(atMs), text, clusterId: id }))
    );
  }
  return lines;
}

function floor(ms: number): number {
  return Math.max(0, Math.floor(ms / minuteMs) * minuteMs);
}

function ceil(ms: number): number {
  return Math.ceil(ms / minuteMs) * minuteMs;
}
