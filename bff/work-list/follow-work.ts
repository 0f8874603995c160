// Has the work list follow the ledger: what has been counted decides, so that it does not matter in which order, how often or on which
// replica that is looked at. Each pass is a transaction with its history and its notices.
import { observe, type WorkFigures } from '@loghunter/engine/work-list';
import type { ListedWork, OwnerRuleRow, WorkChange } from '@loghunter/ports';
import { newAfterMs } from '../clusters/present-cluster.ts';
import { addNotices } from './add-notices.ts';
import { assignOwner } from './assign-owner.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';
import { releasesIn } from './releases.ts';
import { usualPerHour } from './usual-rate.ts';

/** Follows one tenant's ledger. */
export interface WorkFollower {
  /** One pass; throws `PortError` of the database, and what was not written then is written by the next pass. */
  follow(): Promise<void>;
}

const minuteMs = 60_000;
/** Clusters in one transaction: a second of work, for which their rows stay locked. */
const batchSize = 200;
/** A cluster becomes visible as late as this after it was written: the longest transaction of the database, and some. */
const visibilityMs = 120_000;
/** All clusters are looked through this often, for those that got their first events long after they were made. */
const fullLookMs = 600_000;
/** Rates are of hours: a minute sooner or later decides nothing. */
const rateIntervalMs = minuteMs;
/** As many events an hour as the state machine wants for escalating at least. */
const leastBusyPerHour = 20;

/** A follower of one tenant. */
export function createWorkFollower(parts: FollowParts): WorkFollower {
  const { clock } = parts;
  let fullLookAtMs = Number.NEGATIVE_INFINITY;
  let lookedAtMs = 0;
  let ratesAtMs = Number.NEGATIVE_INFINITY;
  return {
    async follow() {
      const nowMs = clock.nowMs();
      const facts = await readFacts(parts, nowMs);
      const isFull = nowMs - fullLookAtMs >= fullLookMs;
      await listNew(parts, facts, isFull ? null : lookedAtMs - visibilityMs);
      lookedAtMs = nowMs;
      fullLookAtMs = isFull ? nowMs : fullLookAtMs;
      await changeDue(parts, facts);
      if (nowMs - ratesAtMs >= rateIntervalMs) {
        await changeByRates(parts, facts);
        ratesAtMs = nowMs;
      }
    },
  };
}

async function readFacts(
  { tenantId, clusters, workList, latenessMs, quietMs }: FollowParts,
  nowMs: number
): Promise<FollowFacts> {
  const fromMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const coverage = await clusters.readCoverage(tenantId, { fromMs, toMs: fromMs + minuteMs });
  const { readFromMs, readUpToMs } = coverage;
  const beganAtMs = (await workList.readBeganAt(tenantId)) ?? nowMs;
  return { nowMs, beganAtMs, readFromMs, readUpToMs, latenessMs, quietMs, newAfterMs: newAfterMs(coverage) };
}

async function listNew(parts: FollowParts, facts: FollowFacts, createdFromMs: number | null): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  for (let isDone = false; !isDone;) {
    isDone = await unitOfWork.run(tenantId, async () => {
      const rows = await workList.findUnlisted(tenantId, createdFromMs, batchSize);
      if (rows.length === 0) {
        return true;
      }
      const rules = await workList.listOwnerRules(tenantId);
      const changes = await Promise.all(rows.map((row) => firstChange(parts, facts, row, rules)));
      const begun = new Set(await workList.begin(tenantId, changes, byItself(facts)));
      await tell(
        parts,
        facts,
        changes.filter(({ clusterId }) => begun.has(clusterId))
      );
      return rows.length < batchSize || begun.size === 0;
    });
  }
}

async function firstChange(
  parts: FollowParts,
  facts: FollowFacts,
  row: ListedWork,
  rules: readonly OwnerRuleRow[]
): Promise<WorkChange> {
  const observed = observe(null, figuresOf(row), facts);
  const work = observed?.work ?? { state: 'ongoing', sinceMs: facts.nowMs };
  const assignee = await assignOwner(parts, row, rules);
  return {
    clusterId: row.clusterId,
    before: { work: null, assignee: null },
    after: { work, assignee },
    reason: 'first-line',
  };
}

async function changeDue(parts: FollowParts, facts: FollowFacts): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  const quietBeforeMs = facts.quietMs === null ? null : facts.nowMs - facts.quietMs;
  for (let isDone = false; !isDone;) {
    isDone = await unitOfWork.run(tenantId, async () => {
      const rows = await workList.lockDue(tenantId, { nowMs: facts.nowMs, quietBeforeMs, limit: batchSize });
      const changedCount = await change(parts, facts, rows, new Map());
      return rows.length < batchSize || changedCount === 0;
    });
  }
}

async function changeByRates(parts: FollowParts, facts: FollowFacts): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  const rates = await workList.findRates(tenantId, facts.nowMs, leastBusyPerHour);
  const byId = new Map(rates.map((rate) => [rate.clusterId, rate]));
  for (let first = 0; first < rates.length; first += batchSize) {
    const ids = rates.slice(first, first + batchSize).map(({ clusterId }) => clusterId);
    await unitOfWork.run(tenantId, async () => {
      await change(parts, facts, await workList.lock(tenantId, ids, null), byId);
    });
  }
}

type Rates = ReadonlyMap<string, { readonly perHour: number; readonly eventCountBefore: number }>;

async function change(
  parts: FollowParts,
  facts: FollowFacts,
  rows: readonly ListedWork[],
  rates: Rates
): Promise<number> {
  const changes: WorkChange[] = [];
  for (const row of rows) {
    const { current } = row;
    const rate = rates.get(row.clusterId);
    const figures: WorkFigures = {
      ...figuresOf(row),
      releasesSince: await releasesSince(parts, row),
      ...(rate === undefined
        ? {}
        : { perHour: rate.perHour, usualPerHour: usualPerHour(rate, { ...facts, firstSeenMs: row.firstSeenMs }) }),
    };
    const observed = current === null ? null : observe(current.work, figures, facts);
    if (current !== null && observed !== null) {
      const { clusterId } = row;
      const after = { work: observed.work, assignee: current.assignee };
      changes.push({ clusterId, before: current, after, reason: observed.reason });
    }
  }
  if (changes.length > 0) {
    await parts.workList.change(parts.tenantId, changes, byItself(facts));
    await tell(parts, facts, changes);
  }
  return changes.length;
}

function figuresOf({ firstSeenMs, lastSeenMs, eventCount }: ListedWork): WorkFigures {
  return { firstSeenMs, lastSeenMs, eventCount, perHour: null, usualPerHour: null, releasesSince: [] };
}

async function releasesSince(parts: FollowParts, { clusterId, lastSeenMs, current }: ListedWork) {
  const { work } = current ?? {};
  if (work?.state !== 'resolved' || work.release === null || lastSeenMs <= work.reopensAfterMs) {
    return [];
  }
  const fromMs = Math.floor(work.reopensAfterMs / minuteMs) * minuteMs;
  return releasesIn(parts, clusterId, { fromMs, toMs: Math.floor(lastSeenMs / minuteMs) * minuteMs + minuteMs });
}

function byItself({ nowMs }: FollowFacts) {
  return { changeId: null, actor: null, atMs: nowMs };
}

async function tell(parts: FollowParts, facts: FollowFacts, changes: readonly WorkChange[]): Promise<void> {
  await addNotices(parts, changes, facts);
  if (changes.length > 0) {
    const ids = changes.map(({ clusterId }) => clusterId);
    await parts.live.announce(parts.tenantId, 'cluster-work', ids);
  }
}
