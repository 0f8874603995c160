import type { RequestOf, ResponseOf } from '@loghunter/contracts';
import { anyEvent, type MinuteRange } from '@loghunter/ports';
import { presentDeploy } from '../deploys/deploy-routes.ts';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';
import { readExpectedSeries } from './expected-series.ts';
import { readAnomalyFilter } from './incident-routes.ts';
import { presentDetection, presentEvent } from './present-anomaly.ts';
import { chooseStepMs, drawBand } from './series-band.ts';
import { serviceKey, type ServiceRef } from './series-key.ts';

const defaultLimit = 50;
const defaultPoints = 240;
const maxMarks = 200;

/** `GET /api/v1/anomaly-events` */
export async function listAnomalyEvents(
  feature: AnomalyFeature,
  request: RequestOf<'listAnomalyEvents'>
): Promise<ResponseOf<'listAnomalyEvents'>> {
  const filter = readAnomalyFilter(request, feature.clock.nowMs());
  const { limit = defaultLimit, offset = 0, order = 'desc', clusterId = null, suppressed } = request;
  const found = await feature.anomalies.listEvents(
    feature.tenantId,
    { ...filter, clusterId, isSuppressed: suppressed === 'true', isWithdrawn: request.state === 'withdrawn' },
    { limit, offset, order }
  );
  return {
    range: presentRange(filter.range),
    events: found.events.map(presentEvent),
    totalCount: found.totalCount,
    detection: presentDetection(await feature.detection.readRun(feature.tenantId)),
  };
}

/** `GET /api/v1/series` */
export async function getServiceSeries(
  feature: AnomalyFeature,
  request: RequestOf<'getServiceSeries'>
): Promise<ResponseOf<'getServiceSeries'>> {
  const { tenantId, series, clusters } = feature;
  const range = readTimeRange(request, feature.clock.nowMs());
  const owner = { service: request.service, namespace: await findNamespace(feature, request) };
  const minutes = await series.readMinutesOf(tenantId, owner, range);
  const coverage = await clusters.readCoverage(tenantId, range);
  const expected = await readExpectedSeries(
    { ...feature, timeZone: feature.installation.detection.timeZone },
    serviceKey(owner),
    owner.service
  );
  const common = {
    ...{ range, stepMs: chooseStepMs(range, request.points ?? defaultPoints) },
    ...{ knownFromMs: coverage.readFromMs, knownToMs: coverage.readUpToMs },
  };
  return {
    range: presentRange(range),
    ...owner,
    volume: drawBand({
      ...common,
      metric: 'volume',
      counts: new Map(
        minutes.map(({ minuteMs, lineCount, skippedLineCount }) => [minuteMs, lineCount + skippedLineCount])
      ),
      expect: expected?.expectTotal ?? null,
    }),
    errors: drawBand({
      ...common,
      metric: 'errors',
      counts: new Map(minutes.map(({ minuteMs, errorCount }) => [minuteMs, errorCount])),
      expect: expected?.expectErrors ?? null,
    }),
    baseline: expected && {
      windowStart: toTimestamp(expected.windowStartMs),
      windowEnd: toTimestamp(expected.windowEndMs),
      avgLogRate: expected.avgLogRate,
      avgErrorRate: expected.avgErrorRate,
      p95ErrorRate: expected.p95ErrorRate,
    },
    ...(await readMarks(feature, owner, range)),
  };
}

/** The one that is asked for, or the first that the service has streams in. */
async function findNamespace(
  { tenantId, clusters }: AnomalyFeature,
  { service, namespace }: RequestOf<'getServiceSeries'>
): Promise<string> {
  if (namespace !== undefined) {
    return namespace;
  }
  const known = await clusters.listServices(tenantId, []);
  return known.find((candidate) => candidate.service === service)?.namespace ?? '';
}

async function readMarks({ tenantId, anomalies, deploys }: AnomalyFeature, owner: ServiceRef, range: MinuteRange) {
  const services = [owner.service];
  const events = await anomalies.listEvents(
    tenantId,
    { ...anyEvent(range), services, isWithdrawn: false },
    { limit: maxMarks, offset: 0, order: 'asc' }
  );
  const marks = await deploys.list(tenantId, { range, services }, { limit: maxMarks, offset: 0 });
  return {
    events: events.events.filter(({ namespace }) => namespace === owner.namespace).map(presentEvent),
    deploys: marks.deploys
      .filter(({ namespace }) => namespace === '' || namespace === owner.namespace)
      .map(presentDeploy),
  };
}
