import type { WorkChange, WorkChangeOrigin } from '@loghunter/ports';
import { addNotices } from './add-notices.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';

/** Where changes come from that nobody made. */
export function byItself({ nowMs }: FollowFacts): WorkChangeOrigin {
  return { changeId: null, actor: null, atMs: nowMs };
}

/** Tells people and open pages of changes, in the transaction that makes them; people not of what they know by its parts. */
export async function tell(parts: FollowParts, facts: FollowFacts, changes: readonly WorkChange[]): Promise<void> {
  await addNotices(
    parts,
    changes.filter(({ before }) => before.memberIds === undefined),
    facts
  );
  if (changes.length > 0) {
    const ids = changes.map(({ clusterId }) => clusterId);
    await parts.live.announce(parts.tenantId, 'cluster-work', ids);
  }
}
