import { explainEvent, identityOfSignature, type EventExplanation } from '@loghunter/engine/fingerprints';
import { createSignatureGroups } from '@loghunter/engine/templates';

/** One event of a file with the reasons for its place. */
export interface ExplainedEvent extends EventExplanation {
  /** What rules learned from the file make of it; null when none applies. */
  readonly learned: { readonly fingerprint: string; readonly templateText: string } | null;
}

/** Learns from all events of a file, and explains the first ones with what was learned. */
export interface EventExplainer {
  add(text: string): void;
  /** The first `limit` events. */
  explain(): Generator<ExplainedEvent>;
}

/** Explains at most `limit` events; all that are added are learned from. */
export function createEventExplainer(limit: number): EventExplainer {
  const groups = createSignatureGroups();
  const first: EventExplanation[] = [];
  return {
    add(text) {
      const explained = explainEvent(text);
      if (explained.identity.signature !== '') {
        groups.learn(explained.identity.signature);
      }
      if (first.length < limit) {
        first.push(explained);
      }
    },
    *explain() {
      // Settles what was learned.
      groups.learnedRules();
      for (const event of first) {
        yield { ...event, learned: learnedOf(event) };
      }
    },
  };

  function learnedOf({ identity }: EventExplanation): ExplainedEvent['learned'] {
    if (identity.signature === '') {
      return null;
    }
    const { fingerprint, templateText } = identityOfSignature(groups.canonical(identity.signature));
    return fingerprint === identity.fingerprint ? null : { fingerprint, templateText };
  }
}
