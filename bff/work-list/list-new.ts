// Puts clusters on the work list when they have their first lines: as new ones, or as what people made of those that became part of them.
import { observe, takeOver, type Work } from '@loghunter/engine/work-list';
import type { Assignee, ListedWork, MemberWork, OwnerRuleRow, WorkChange } from '@loghunter/ports';
import { assignOwner } from './assign-owner.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';
import { figuresOf } from './read-figures.ts';
import { byItself, tell } from './tell-changes.ts';

/** Clusters in one transaction. */
const batchSize = 200;

/**
 * Lists clusters with events that the list does not know.
 * @param createdFromMs - only those that were made since; null: all
 */
export async function listNew(parts: FollowParts, facts: FollowFacts, createdFromMs: number | null): Promise<void> {
  const { tenantId, workList, unitOfWork } = parts;
  for (let isDone = false; !isDone;) {
    isDone = await unitOfWork.run(tenantId, async () => {
      const rows = await workList.findUnlisted(tenantId, createdFromMs, batchSize);
      if (rows.length === 0) {
        return true;
      }
      const changes = await firstChanges(parts, facts, rows);
      const begun = new Set(await workList.begin(tenantId, changes, byItself(facts)));
      const written = changes.filter(({ clusterId }) => begun.has(clusterId));
      await sayWhatWasTakenOver(parts, facts, written);
      await tell(parts, facts, written);
      return rows.length < batchSize || begun.size === 0;
    });
  }
}

/** A change, and what the history says about where it comes from. */
type FirstChange = WorkChange & { readonly said?: string };

interface Given {
  readonly rules: readonly OwnerRuleRow[];
  readonly members: ReadonlyMap<string, readonly MemberWork[]>;
}

async function firstChanges(
  parts: FollowParts,
  facts: FollowFacts,
  rows: readonly ListedWork[]
): Promise<readonly FirstChange[]> {
  const { tenantId, workList } = parts;
  const rules = await workList.listOwnerRules(tenantId);
  const ids = rows.map(({ clusterId }) => clusterId);
  const members = Map.groupBy(await workList.listMembers(tenantId, ids), ({ canonicalId }) => canonicalId);
  return Promise.all(rows.map((row) => firstChange(parts, facts, row, { rules, members })));
}

async function firstChange(
  parts: FollowParts,
  facts: FollowFacts,
  row: ListedWork,
  { rules, members }: Given
): Promise<FirstChange> {
  const { clusterId } = row;
  const ongoing = { state: 'ongoing', sinceMs: facts.nowMs } as const;
  const known = members.get(clusterId) ?? [];
  if (known.length === 0) {
    const work = observe(null, figuresOf(row), facts)?.work ?? ongoing;
    const after = { work, assignee: await assignOwner(parts, row, rules) };
    return { clusterId, before: { work: null, assignee: null }, after, reason: 'first-line' };
  }
  const memberIds = known.map((member) => member.clusterId);
  const taken = takeOver(known.map(({ current }) => current.work));
  const assignee = commonAssignee(known);
  const said = describe(known.length, taken, assignee);
  return {
    ...{ clusterId, before: { work: null, assignee: null, memberIds } },
    after: { work: taken ?? ongoing, assignee: assignee ?? (await assignOwner(parts, row, rules)) },
    reason: said === null ? 'first-line' : 'person',
    ...(said === null ? {} : { said }),
  };
}

function commonAssignee([first, ...others]: readonly MemberWork[]): Assignee | null {
  const assignee = first?.current.assignee ?? null;
  const isShared = others.every(
    ({ current }) => current.assignee?.kind === assignee?.kind && current.assignee?.id === assignee?.id
  );
  return isShared ? assignee : null;
}

/** Null when nothing that people decided was taken over, or left behind. */
function describe(count: number, taken: Work | null, assignee: Assignee | null): string | null {
  const parts =
    count === 1 ? 'a cluster that is part of this one now' : `${count} clusters that are part of this one now`;
  const state = taken?.state === 'ignored' || taken?.state === 'resolved' ? [taken.state] : [];
  const decided = [...state, ...(assignee === null ? [] : [`assigned to ${assignee.name}`])];
  const left = taken === null ? [`Open, because ${parts} were put away in different ways.`] : [];
  const said = decided.length === 0 ? left : [`Taken over from ${parts}: ${decided.join(', ')}.`, ...left];
  return said.length === 0 ? null : said.join(' ');
}

const actor = { kind: 'work-list', id: 'taken-over', name: 'LogHunter' };

// Nobody did to this cluster what it says: people did it to others, which the list does not show any more.
async function sayWhatWasTakenOver(
  { tenantId, workList }: FollowParts,
  { nowMs: atMs }: FollowFacts,
  changes: readonly FirstChange[]
): Promise<void> {
  for (const { clusterId, said } of changes) {
    if (said !== undefined) {
      await workList.addComment(tenantId, { clusterId, text: said, actor, atMs });
    }
  }
}
