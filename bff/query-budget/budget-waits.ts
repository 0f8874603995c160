import type { HeldBackBy } from '@loghunter/ports';
import type { LokiCondition } from './loki-condition.ts';

/** Shorter waits pass by themselves. */
const longWaitMs = 1000;
/** A budget is one of bytes a minute: who had to wait within the last one will again. */
const rememberedMs = 60_000;

interface Wait {
  readonly sinceMs: number;
  isOverBudget: boolean;
}

/** A query that waits for its turn. */
export interface BudgetWait {
  /** It waits for bytes, as other replicas have had them. */
  noteOverBudget(): void;
  /** It has its turn, or goes without. */
  end(endMs: number): void;
}

/** Waits of queries that can wait, and what for. */
export class BudgetWaits {
  readonly #underWay = new Set<Wait>();
  #last: Wait & { readonly endMs: number } = { sinceMs: 0, isOverBudget: false, endMs: Number.NEGATIVE_INFINITY };

  /** A query asks for its turn. Not `isOverBudget`: it waits for a place at most, as when others hang. */
  begin(nowMs: number, isOverBudget: boolean): BudgetWait {
    const wait: Wait = { sinceMs: nowMs, isOverBudget };
    this.#underWay.add(wait);
    return {
      noteOverBudget: () => {
        wait.isOverBudget = true;
      },
      end: (endMs) => {
        this.#underWay.delete(wait);
        if (endMs - nowMs >= longWaitMs) {
          this.#last = { ...wait, endMs };
        }
      },
    };
  }

  /** What they wait for, or waited for within the last minute; null: nothing, or for each other. */
  heldBackBy(condition: LokiCondition, nowMs: number): HeldBackBy | null {
    const waits = [
      ...[...this.#underWay].filter(({ sinceMs }) => nowMs - sinceMs >= longWaitMs),
      ...(nowMs - this.#last.endMs < rememberedMs ? [this.#last] : []),
    ];
    if (waits.length > 0 && condition.cautiousUntilMs > nowMs) {
      return 'source';
    }
    return waits.some(({ isOverBudget }) => isOverBudget) ? 'budget' : null;
  }
}
