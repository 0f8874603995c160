// Has the work list follow the ledger: what has been counted decides, so that it does not matter in which order, how often or on which
// replica that is looked at. Each pass is a transaction with its history and its notices.
import { observe } from '@loghunter/engine/work-list';
import type { DueWork, ListedWork, WorkChange, WorkRate } from '@loghunter/ports';
import { newAfterMs } from '../clusters/present-cluster.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';
import { listNew } from './list-new.ts';
import { readFigures, type ReadReleases } from './read-figures.ts';
import { byItself, tell } from './tell-changes.ts';

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
  const releases: ReadReleases = new Map();
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
      await changeDue(parts, facts, releases);
      if (nowMs - ratesAtMs >= rateIntervalMs) {
        await changeByRates(parts, facts, releases);
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

async function changeDue(parts: FollowParts, facts: FollowFacts, releases: ReadReleases): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  const quietBeforeMs = facts.quietMs === null ? null : facts.nowMs - facts.quietMs;
  const stillDue = new Set<string>();
  // To the end of the list: what may change and does not, such as a cluster that lines of a known release go on to, is due in every pass.
  for (let after: Pick<DueWork, 'afterId'> | null = {}; after !== null;) {
    const due: DueWork = { nowMs: facts.nowMs, quietBeforeMs, limit: batchSize, ...after };
    after = await unitOfWork.run(tenantId, async () => {
      const rows = await workList.lockDue(tenantId, due);
      await change(parts, facts, rows, { rates: new Map(), releases });
      rows.forEach(({ clusterId }) => stillDue.add(clusterId));
      const last = rows.length < batchSize ? undefined : rows.at(-1);
      return last === undefined ? null : { afterId: last.clusterId };
    });
  }
  [...releases.keys()].filter((id) => !stillDue.has(id)).forEach((id) => releases.delete(id));
}

async function changeByRates(parts: FollowParts, facts: FollowFacts, releases: ReadReleases): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  const rates = await workList.findRates(tenantId, facts.nowMs, leastBusyPerHour);
  const byId = new Map(rates.map((rate) => [rate.clusterId, rate]));
  for (let first = 0; first < rates.length; first += batchSize) {
    const ids = rates.slice(first, first + batchSize).map(({ clusterId }) => clusterId);
    await unitOfWork.run(tenantId, async () => {
      await change(parts, facts, await workList.lock(tenantId, ids, null), { rates: byId, releases });
    });
  }
}

interface Known {
  readonly rates: ReadonlyMap<string, WorkRate>;
  readonly releases: ReadReleases;
}

async function change(
  parts: FollowParts,
  facts: FollowFacts,
  rows: readonly ListedWork[],
  { rates, releases }: Known
): Promise<void> {
  const changes: WorkChange[] = [];
  for (const row of rows) {
    const { clusterId, current } = row;
    const figures = await readFigures(parts, facts, row, { rate: rates.get(clusterId), releases });
    const observed = current === null ? null : observe(current.work, figures, facts);
    if (current !== null && observed !== null) {
      const after = { work: observed.work, assignee: current.assignee };
      changes.push({ clusterId, before: current, after, reason: observed.reason });
    }
  }
  if (changes.length > 0) {
    await parts.workList.change(parts.tenantId, changes, byItself(facts));
    await tell(parts, facts, changes);
  }
}
