import type { CompareClustersResponse, RequestOf } from '@loghunter/contracts';
import { compareCounts, type ClusterChange } from '@loghunter/engine/comparison';
import type { DeployRow, MinuteRange } from '@loghunter/ports';
import { presentDeploy, type DeployFeature } from '../deploys/deploy-routes.ts';
import { ProblemError } from '../http/problem-error.ts';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';
import type { ClusterFeature } from './cluster-feature.ts';
import { readComparedSide, type ComparedSide, type SideChoice } from './compared-side.ts';
import { presentCoverage } from './present-cluster.ts';
import { nameCluster } from './show-cluster.ts';

type Request = RequestOf<'compareClusters'>;

const defaultLimit = 100;
const defaultKinds: readonly string[] = ['new', 'gone', 'up', 'down'];
const minuteMs = 60_000;
/** Long enough for rare clusters to show, short enough to be about the deploy. */
const deployWindowMs = 60 * minuteMs;
/** Counts by stream stand by the minute: a day of them is what a page may ask for. */
const maxLabelRangeMs = 24 * 60 * minuteMs;

/** Answers which clusters came more or less often in a range than in one before it, by what has been read of both. */
export async function compareClusters(
  feature: ClusterFeature & DeployFeature,
  request: Request
): Promise<CompareClustersResponse> {
  await feature.identifier.rules.refresh();
  const deploy = request.deploy === undefined ? null : await requireDeploy(feature, request.deploy);
  const choices =
    deploy === null ? chooseSides(request, feature.clock.nowMs()) : aroundDeploy(feature, request, deploy);
  const [before, after] = await Promise.all([
    readComparedSide(feature, request, choices.before),
    readComparedSide(feature, request, choices.after),
  ]);
  const { changes, leftOutCount } = compare(before, after);
  const kinds = request.kind ?? defaultKinds;
  const wanted = changes.filter(({ kind }) => kinds.includes(kind));
  return {
    before: presentSide(before),
    after: presentSide(after),
    changes: wanted
      .slice(0, request.limit ?? defaultLimit)
      .map((change) => presentChange(feature, change, before, after)),
    totalChangeCount: wanted.length,
    deploy: deploy && presentDeploy(deploy),
    leftOutClusterCount: leftOutCount,
  };
}

interface Choices {
  readonly before: SideChoice;
  readonly after: SideChoice;
}

async function requireDeploy({ deploys, tenantId }: DeployFeature, id: string): Promise<DeployRow> {
  const deploy = await deploys.get(tenantId, id);
  if (deploy === null) {
    throw new ProblemError('not-found', `There is no deploy ${id}.`);
  }
  return deploy;
}

function aroundDeploy({ clock }: DeployFeature, { service }: Request, deploy: DeployRow): Choices {
  const atMs = Math.floor(deploy.deployedAtMs / minuteMs) * minuteMs;
  const sinceMs = Math.floor((clock.nowMs() - atMs) / minuteMs) * minuteMs;
  const lengthMs = Math.max(minuteMs, Math.min(deployWindowMs, sinceMs));
  const side = (fromMs: number): SideChoice => ({
    ...{ range: { fromMs, toMs: fromMs + lengthMs }, services: service ?? [deploy.service] },
    ...{ label: null, isByTemplate: false },
  });
  return { before: side(atMs - lengthMs), after: side(atMs) };
}

function chooseSides(request: Request, nowMs: number): Choices {
  const range = readTimeRange(request, nowMs);
  const { service = [], beforeService, label, value, beforeValue } = request;
  const beforeRange = readBefore(request, range);
  if (label === undefined) {
    refuseWithoutLabel(request);
    const isByTemplate = beforeService !== undefined;
    return {
      before: { range: beforeRange, services: beforeService ?? service, label: null, isByTemplate },
      after: { range, services: service, label: null, isByTemplate },
    };
  }
  if (value === undefined || beforeValue === undefined) {
    throw invalid(value === undefined ? 'value' : 'beforeValue', 'a comparison of values of a label needs both sides');
  }
  if (beforeService !== undefined) {
    throw invalid('beforeService', 'compare either services or values of a label');
  }
  if (Math.max(lengthOf(range), lengthOf(beforeRange)) > maxLabelRangeMs) {
    throw invalid('from', 'values of a label can be compared over 24 hours at most');
  }
  const side = (of: MinuteRange, values: readonly string[]): SideChoice => ({
    ...{ range: of, services: service, label: { name: label, values }, isByTemplate: false },
  });
  return { before: side(beforeRange, beforeValue), after: side(range, value) };
}

function refuseWithoutLabel({ value, beforeValue }: Request): void {
  if (value !== undefined || beforeValue !== undefined) {
    throw invalid('label', 'say which label the values are of');
  }
}

function lengthOf({ fromMs, toMs }: MinuteRange): number {
  return toMs - fromMs;
}

function invalid(field: string, message: string): ProblemError {
  const errors = [{ path: `query.${field}`, message }];
  return new ProblemError('invalid-request', `query.${field}: ${message}`, { errors });
}

function readBefore(request: Request, range: MinuteRange): MinuteRange {
  const { beforeService, label, beforeFrom: from, beforeTo } = request;
  if ((beforeService !== undefined || label !== undefined) && from === undefined && beforeTo === undefined) {
    return range;
  }
  const to = beforeTo ?? toTimestamp(range.fromMs);
  if (from !== undefined) {
    return readTimeRange({ from, to }, range.fromMs);
  }
  const { toMs } = readTimeRange({ to }, range.fromMs);
  const fromMs = Math.max(0, toMs - lengthOf(range));
  return readTimeRange({ from: String(fromMs), to: String(toMs) }, range.fromMs);
}

function compare(
  before: ComparedSide,
  after: ComparedSide
): { readonly changes: readonly ClusterChange[]; readonly leftOutCount: number } {
  const keys = [...new Set([...before.clusters.keys(), ...after.clusters.keys()])];
  // Of a cluster that is missing in a list that was cut, nobody knows the count.
  const known = new Set(keys.filter((key) => isKnown(before, key) && isKnown(after, key)));
  const comparison = compareCounts(
    { counts: countsOf(before, known), exposure: before.readMs },
    { counts: countsOf(after, known), exposure: after.readMs },
    { dispersions: dispersionsOf(before, after, known) }
  );
  return {
    changes: comparison.kind === 'compared' ? comparison.changes : [],
    leftOutCount: keys.length - known.size + Math.max(before.cutCount, after.cutCount),
  };
}

function isKnown({ clusters, cutCount }: ComparedSide, key: string): boolean {
  return clusters.has(key) || cutCount === 0;
}

function countsOf({ clusters }: ComparedSide, known: ReadonlySet<string>): ReadonlyMap<string, number> {
  return new Map([...clusters].filter(([key]) => known.has(key)).map(([key, { eventCount }]) => [key, eventCount]));
}

// The burstier side counts: what came in bursts once may do so again.
function dispersionsOf(
  before: ComparedSide,
  after: ComparedSide,
  known: ReadonlySet<string>
): ReadonlyMap<string, number> {
  return new Map(
    [...known].map((key) => {
      const sides = [before.clusters.get(key), after.clusters.get(key)];
      return [key, Math.max(...sides.map((cluster) => cluster?.dispersion ?? 1))];
    })
  );
}

function presentSide(side: ComparedSide): CompareClustersResponse['before'] {
  const { range, readMs, totalEventCount, totalClusterCount, coverage } = side;
  return {
    ...{ range: presentRange(range), readMs, eventCount: totalEventCount, clusterCount: totalClusterCount },
    coverage: presentCoverage(coverage),
  };
}

function presentChange(
  feature: ClusterFeature,
  change: ClusterChange,
  before: ComparedSide,
  after: ComparedSide
): CompareClustersResponse['changes'][number] {
  const { key, ratio, ratioLow, ratioHigh, ...facts } = change;
  const found = after.clusters.get(key) ?? before.clusters.get(key);
  const unnamed = { id: key, service: '', namespace: '', level: 'unknown' as const, templateText: '' };
  return {
    ...(found === undefined ? unnamed : nameCluster(feature.identifier.rules.userRules, found.name)),
    ...facts,
    ratio: Number.isFinite(ratio) ? ratio : null,
    ratioLow,
    ratioHigh: Number.isFinite(ratioHigh) ? ratioHigh : null,
  };
}
