// What one process knows of a tenant's rules by people, and how much of that is sure to stay.
import { toUserRule, type StoredUserRule } from '@loghunter/engine/cluster-rules';
import type { ClusterRule } from '@loghunter/ports';

/** People's rules up to a place in the sequence of all rules. Never altered, so that who computes with it keeps what it began with. */
export interface KnownRules {
  readonly sequence: number;
  readonly inForce: ReadonlyMap<string, StoredUserRule>;
}

/** Has an action called when the transaction around a call has committed, never when it rolls back; at once when there is none. */
export type AfterCommit = (action: () => void) => void;

/** What is known with rules that were read or written after it; the very same when none of them is newer. */
export function withChanges(known: KnownRules, rules: readonly ClusterRule[]): KnownRules {
  // Others may have taken the same ones in while these were read: an older reading must not undo a newer one.
  const newer = rules.filter(({ sequence }) => sequence > known.sequence);
  if (newer.length === 0) {
    return known;
  }
  const inForce = new Map(known.inForce);
  for (const { id, origin, kind, body, undone } of newer) {
    const rule = origin === 'user' && undone === null ? toUserRule(kind, body) : null;
    inForce.delete(id);
    if (rule !== null) {
      inForce.set(id, { id, rule });
    }
  }
  return { sequence: Math.max(...newer.map(({ sequence }) => sequence)), inForce };
}

/**
 * Keeps what has committed apart from what is shown, because a transaction reads its own changes, which may be rolled back. Nobody is
 * told of that: whoever looks next starts from what has committed.
 */
export class RuleKnowledge {
  readonly #afterCommit: AfterCommit;
  #committed: KnownRules = { sequence: 0, inForce: new Map() };
  #shown: KnownRules = this.#committed;

  constructor(afterCommit: AfterCommit) {
    this.#afterCommit = afterCommit;
  }

  /** What every transaction sees. */
  get committed(): KnownRules {
    return this.#committed;
  }

  /** The last that anybody read or wrote. */
  get shown(): KnownRules {
    return this.#shown;
  }

  /** Shows what builds on what has committed; it stays when the transaction around the call commits. */
  show(known: KnownRules): void {
    this.#shown = known;
    if (known !== this.#committed) {
      this.#afterCommit(() => this.#confirm(known));
    }
  }

  #confirm(known: KnownRules): void {
    if (known.sequence > this.#committed.sequence) {
      this.#committed = known;
      // Something later is of a transaction that began with this.
      if (this.#shown.sequence <= known.sequence) {
        this.#shown = known;
      }
    }
  }
}
