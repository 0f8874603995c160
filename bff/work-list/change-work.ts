import { randomUUID } from 'node:crypto';
import type { ChangeWorkResponse, RequestOf, UndoWorkResponse, WorkAction } from '@loghunter/contracts';
import { decide, type WorkDecision } from '@loghunter/engine/work-list';
import type { ClusterWork, ListedWork, WorkChange, WorkChangeOrigin } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readFutureInstant } from '../http/time-range.ts';
import { presentWork } from './present-work.ts';
import { findReleases } from './releases.ts';
import { usualPerHour } from './usual-rate.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** `POST /api/v1/cluster-changes`: all clusters or none; the clusters stay locked until the change is written. */
export async function changeWork(
  feature: WorkListFeature,
  { clusterIds, action }: RequestOf<'changeWork'>,
  { principal }: CallContext
): Promise<ChangeWorkResponse> {
  const { id, changes, unchangedIds } = await changeClusters(feature, clusterIds, { action }, principal.actor);
  if (changes.length + unchangedIds.length === 0) {
    throw new ProblemError('not-found', `There is no cluster ${clusterIds.join(', ')}.`);
  }
  const known = await feature.clusterRules.readClustersById(feature.tenantId, clusterIds);
  const knownIds = new Set(known.map((cluster) => cluster.id));
  return {
    id,
    changed: presentChanges(changes),
    unchangedIds: [...unchangedIds],
    unknownIds: clusterIds.filter((clusterId) => !knownIds.has(clusterId)),
  };
}

/** What an action did to clusters. */
export interface ChangedClusters {
  /** To undo it. */
  readonly id: string;
  readonly changes: readonly WorkChange[];
  /** Those that were so already. */
  readonly unchangedIds: readonly string[];
}

/** Does the same to clusters: one change, with one undo. What is not meant any more when it is locked is left as it is and named nowhere. */
export async function changeClusters(
  feature: WorkListFeature,
  clusterIds: readonly string[],
  { action, isMeant = () => true }: { readonly action: WorkAction; readonly isMeant?: (row: ListedWork) => boolean },
  actor: CallContext['principal']['actor']
): Promise<ChangedClusters> {
  const { tenantId, workList, clock } = feature;
  const nowMs = clock.nowMs();
  const locked = await workList.lock(tenantId, clusterIds, { state: 'new', sinceMs: nowMs });
  const listed = locked.filter(isMeant);
  const toAfter = await readAction(feature, action, listed, nowMs);
  const changes = listed.flatMap((row): WorkChange[] => {
    const before = currentOf(row);
    const after = toAfter(row, before);
    return after.work === before.work && isSame(after.assignee, before.assignee)
      ? []
      : [{ clusterId: row.clusterId, before, after, reason: 'person' }];
  });
  const id = randomUUID();
  await writeChanges(feature, changes, { changeId: id, actor, atMs: nowMs });
  const changedIds = new Set(idsOf(changes));
  const unchangedIds = listed.map(({ clusterId }) => clusterId).filter((clusterId) => !changedIds.has(clusterId));
  return { id, changes, unchangedIds };
}

/** Ids in one live event: pages that show one of many clusters hear of it, and no event is a burden to those that show none. */
const idsPerEvent = 500;

async function writeChanges(
  { tenantId, workList, live }: WorkListFeature,
  changes: readonly WorkChange[],
  origin: WorkChangeOrigin
): Promise<void> {
  if (changes.length > 0) {
    await workList.change(tenantId, changes, origin);
  }
  for (let from = 0; from < changes.length; from += idsPerEvent) {
    await live.announce(tenantId, 'cluster-work', idsOf(changes.slice(from, from + idsPerEvent)));
  }
}

type ToAfter = (row: ListedWork, before: ClusterWork) => ClusterWork;

async function readAction(
  feature: WorkListFeature,
  action: WorkAction,
  listed: readonly ListedWork[],
  nowMs: number
): Promise<ToAfter> {
  if (action.kind === 'assign') {
    const { assignee } = action;
    return (_, { work }) => ({ work, assignee });
  }
  const decision = toDecision(action, nowMs);
  const { tenantId, clusters, workList } = feature;
  const ids = listed.map(({ clusterId }) => clusterId);
  const needsRates = decision.kind === 'ignore' && decision.until?.kind === 'rate';
  const needsReleases = decision.kind === 'resolve' && decision.release !== null;
  const [{ readFromMs, readUpToMs }, rates, releases] = await Promise.all([
    clusters.readCoverage(tenantId, { fromMs: nowMs - (nowMs % 60_000), toMs: nowMs - (nowMs % 60_000) + 60_000 }),
    needsRates ? workList.readRates(tenantId, ids, nowMs) : [],
    needsReleases ? findReleases(feature, listed) : new Map<string, readonly string[]>(),
  ]);
  const rateOf = new Map(rates.map((rate) => [rate.clusterId, rate]));
  return (row, { work, assignee }) => {
    const rate = rateOf.get(row.clusterId);
    const facts = {
      ...{ nowMs, readUpToMs, latenessMs: feature.installation.scan.latenessMs, eventCount: row.eventCount },
      usualPerHour: rate === undefined ? null : usualPerHour(rate, { firstSeenMs: row.firstSeenMs, readFromMs, nowMs }),
      releases: releases.get(row.clusterId) ?? [],
    };
    return { work: decide(work, decision, facts), assignee };
  };
}

function toDecision(action: Exclude<WorkAction, { kind: 'assign' }>, nowMs: number): WorkDecision {
  switch (action.kind) {
    case 'resolve':
      return { kind: 'resolve', release: action.release ?? null };
    case 'reopen':
      return action;
    case 'ignore': {
      const { until } = action;
      return until?.kind === 'time'
        ? { kind: 'ignore', until: { kind: 'time', atMs: readFutureInstant(until.at, 'action.until.at', nowMs) } }
        : { kind: 'ignore', until: until ?? null };
    }
  }
}

/** `POST /api/v1/cluster-changes/{id}/undo` */
export async function undoWork(
  feature: WorkListFeature,
  { id }: RequestOf<'undoWork'>,
  { principal }: CallContext
): Promise<UndoWorkResponse> {
  const { tenantId, workList, clock } = feature;
  const written = await workList.readChange(tenantId, id);
  if (written.length === 0) {
    throw new ProblemError('not-found', `There is no change ${id}.`);
  }
  const ids = written.map(({ clusterId }) => clusterId);
  const listed = new Map((await workList.lock(tenantId, ids, null)).map((row) => [row.clusterId, row]));
  if (!(await workList.markUndone(tenantId, id))) {
    throw new ProblemError('conflict', 'This change was undone already.');
  }
  const changes = written.flatMap(({ clusterId, revision, before, after }): WorkChange[] => {
    const row = listed.get(clusterId);
    const { work } = before;
    return row?.revision !== revision || work === null
      ? []
      : [{ clusterId, before: after, after: { work, assignee: before.assignee }, reason: 'undo' }];
  });
  await writeChanges(feature, changes, { changeId: randomUUID(), actor: principal.actor, atMs: clock.nowMs() });
  const restoredIds = new Set(changes.map(({ clusterId }) => clusterId));
  return {
    id,
    restored: presentChanges(changes),
    leftOutIds: ids.filter((clusterId) => !restoredIds.has(clusterId)),
  };
}

function idsOf(changes: readonly WorkChange[]): readonly string[] {
  return changes.map(({ clusterId }) => clusterId);
}

function presentChanges(changes: readonly WorkChange[]): ChangeWorkResponse['changed'] {
  return changes.map(({ clusterId, after }) => ({ clusterId, work: presentWork(after) }));
}

// What is locked has a row.
function currentOf({ current, firstSeenMs }: ListedWork): ClusterWork {
  return current ?? { work: { state: 'new', sinceMs: firstSeenMs }, assignee: null };
}

function isSame(a: ClusterWork['assignee'], b: ClusterWork['assignee']): boolean {
  return a?.kind === b?.kind && a?.id === b?.id && a?.name === b?.name;
}
