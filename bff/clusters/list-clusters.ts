import type { ListClustersResponse, RequestOf } from '@loghunter/contracts';
import type { ClusterFilter, ClusterPage, MinuteRange } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';
import { readAssigneeIds } from '../work-list/assignee-ids.ts';
import type { ClusterFeature } from './cluster-feature.ts';
import { presentCluster, presentCoverage } from './present-cluster.ts';
import { showCluster } from './show-cluster.ts';

type Request = RequestOf<'listClusters'>;

/** Points of a trend in a list: a point a minute for the usual hour, which touches 61 minutes. */
const listTrendPoints = 61;

/** Answers the list of clusters. */
export async function listClusters(
  feature: ClusterFeature,
  request: Request,
  { principal }: CallContext
): Promise<ListClustersResponse> {
  const { tenantId, clusters } = feature;
  const { range, filter, page, seenAtMs } = await readListRequest(feature, request, principal.actor);
  const [list, coverage] = await Promise.all([
    clusters.listClusters(tenantId, filter, page),
    clusters.readCoverage(tenantId, range),
  ]);
  const { userRules } = feature.identifier.rules;
  const view = { range, coverage, totalEventCount: list.totalEventCount, seenAtMs };
  return {
    range: presentRange(range),
    clusters: list.clusters.map((row) => presentCluster(showCluster(userRules, row), view)),
    totalClusterCount: list.totalClusterCount,
    totalEventCount: list.totalEventCount,
    totalLineCount: list.totalLineCount,
    nextCursor: list.nextKey && writeCursor(request, list.nextKey),
    coverage: presentCoverage(coverage),
  };
}

/** What a request for a list asks of the store, for this caller; the tenant's rules are up to date then. */
export async function readListRequest(
  { tenantId, workList, identifier, clock }: ClusterFeature,
  request: Request,
  { kind, id }: { readonly kind: string; readonly id: string }
): Promise<{
  readonly range: MinuteRange;
  readonly filter: ClusterFilter;
  readonly page: ClusterPage;
  readonly seenAtMs: number | null;
}> {
  const range = readTimeRange(request, clock.nowMs());
  await identifier.rules.refresh();
  const seenAtMs = await workList.readSeen(tenantId, { kind, id });
  const filter = { ...toFilter(request, range), ...toWorkFilter(request, id, seenAtMs) };
  return { range, filter, page: toPage(request, range), seenAtMs };
}

function toFilter(request: Request, range: MinuteRange): ClusterFilter {
  return {
    range,
    services: request.service ?? [],
    namespaces: request.namespace ?? [],
    levels: request.level ?? [],
    text: request.text ?? '',
  };
}

function toWorkFilter(request: Request, actorId: string, seenAtMs: number | null): Partial<ClusterFilter> {
  return {
    states: request.state ?? [],
    assigneeIds: readAssigneeIds(request.assignee, actorId),
    // Who never looked has seen nothing, and is told of nothing.
    ...(request.unseen === undefined ? {} : { freshAfterMs: seenAtMs ?? Date.UTC(2262, 0) }),
  };
}

function toPage(request: Request, range: MinuteRange): ClusterPage {
  return {
    ...sortOf(request),
    limit: request.limit ?? 50,
    offset: request.offset ?? 0,
    trendPoints: trendPointsOf(range),
    ...(request.cursor === undefined ? {} : { afterKey: readCursor(request, request.cursor) }),
  };
}

function sortOf(request: Request): Pick<ClusterPage, 'sort' | 'order'> {
  return { sort: request.sort ?? 'count', order: request.order ?? 'desc' };
}

function writeCursor(request: Request, key: readonly string[]): string {
  const { sort, order } = sortOf(request);
  return Buffer.from(JSON.stringify([sort, order, ...key])).toString('base64url');
}

// A cursor is whatever a caller sends: only one of the same sort, of texts, reaches the database.
function readCursor(request: Request, cursor: string): readonly string[] {
  const wanted = sortOf(request);
  const [sort, order, ...key] = parseCursor(cursor);
  const id = key.at(-1);
  const isKey = key.length >= 2 && id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (sort !== wanted.sort || order !== wanted.order || !isKey || !hasValues(wanted.sort, key)) {
    const message = 'must be the nextCursor of an answer with the same sort and order';
    const errors = [{ path: 'query.cursor', message }];
    throw new ProblemError('invalid-request', `query.cursor: ${message}`, { errors });
  }
  return key;
}

function parseCursor(cursor: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : [];
  } catch {
    return [];
  }
}

type KeyForm = (part: string) => boolean;

const fits =
  (form: RegExp): KeyForm =>
  (part) =>
    form.test(part);
const number = fits(/^\d{1,16}$/);
/** Postgres' `bigint` ends at 2^63 - 1. */
const moment: KeyForm = (part) => /^\d{1,19}$/.test(part) && BigInt(part) < 2n ** 63n;
const text = fits(/^[^\0]*$/su);
/** Postgres refuses what `double precision` has no place for; JavaScript reads it as infinity or 0. */
const rate: KeyForm = (part) =>
  /^-?\d{1,17}(\.\d{1,20})?(e[-+]?\d{1,3})?$/.test(part) &&
  Number.isFinite(Number(part)) &&
  (Number(part) !== 0 || !/[1-9].*e|[1-9]$/.test(part));
const keyForms: Readonly<Record<ClusterPage['sort'], readonly KeyForm[]>> = {
  count: [number, number],
  firstSeen: [moment],
  lastSeen: [moment],
  level: [fits(/^\d{1,2}$/)],
  service: [text, text],
  state: [fits(/^\d$/)],
  assignee: [text],
  trend: [rate],
};

function hasValues(sort: ClusterPage['sort'], key: readonly string[]): boolean {
  const forms = keyForms[sort];
  return key.length === forms.length + 1 && forms.every((form, place) => form(key[place] ?? ''));
}

/** Points of a short trend over a range: never more than it has minutes. */
export function trendPointsOf(range: MinuteRange): number {
  return Math.min(listTrendPoints, (range.toMs - range.fromMs) / 60_000);
}
