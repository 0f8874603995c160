// The gate of a tenant's queries over all replicas: first this process's own turn, then that of the load they share.
import type { Clock, LoadRequest, SharedLoad } from '@loghunter/ports';
import type { BudgetSettings, QueryKind } from './budget-settings.ts';
import { busyRatio, QueryGate, type Gate, type Ticket, type Turnaway } from './query-gate.ts';

/** Longest pause between two looks: another replica's query may end at any moment. */
const longestPauseMs = 1000;

/** What a shared gate is made of. */
export interface SharedGateParts {
  /** Whose limits: a tenant, or one log source of it. */
  readonly budget: string;
  readonly settings: BudgetSettings;
  readonly clock: Clock;
  readonly load: SharedLoad;
  /** Gate of people's queries, where they have another budget. */
  readonly before?: Gate | undefined;
}

interface WaitingQuery {
  readonly kind: QueryKind;
  readonly sizeBytes: number;
  readonly sinceMs: number;
  readonly signal: AbortSignal;
  readonly onOverBudget: (() => void) | undefined;
}

/**
 * A gate within the limits of all replicas together. Whoever waits for the others keeps its turn here, so that queries of one
 * process do not overtake each other. While the shared load is away, the limits hold for this process alone.
 */
export function createSharedGate({ budget, settings, clock, load, before }: SharedGateParts): Gate {
  const local = new QueryGate(settings, clock, before);

  async function enter(
    kind: QueryKind,
    sizeBytes: number,
    signal: AbortSignal,
    onOverBudget?: () => void
  ): Promise<Ticket | Turnaway> {
    const sinceMs = clock.nowMs();
    const ticket = await local.enter(kind, sizeBytes, signal);
    // A question to the index costs no lines: this process's places are enough for it.
    if (ticket.kind === 'turned-away' || settings.mode === 'off' || sizeBytes === 0) {
      return ticket;
    }
    try {
      return await share({ kind, sizeBytes, sinceMs, signal, onOverBudget }, ticket);
    } catch (error) {
      ticket.end(0);
      throw error;
    }
  }

  async function share(query: WaitingQuery, ticket: Ticket): Promise<Ticket | Turnaway> {
    const { kind, sizeBytes, sinceMs, signal } = query;
    const untilMs = sinceMs + local.patienceMs(kind);
    let pausedMs = 0;
    for (;;) {
      const answer = await load.reserve(toRequest(budget, settings, kind, sizeBytes));
      if (answer.kind === 'away') {
        return ticket;
      }
      const nowMs = clock.nowMs();
      if (answer.kind === 'reserved') {
        const waitedMs = ticket.waitedMs + pausedMs;
        return { ...ticket, waitedMs, end: (trueBytes) => settle(ticket, answer.id, sizeBytes, trueBytes) };
      }
      if (answer.isOverBudget) {
        query.onOverBudget?.();
      }
      const pauseMs = Math.min(answer.retryAfterMs, longestPauseMs);
      if (nowMs + pauseMs > untilMs) {
        ticket.end(0);
        return { kind: 'turned-away', reason: 'busy', retryAfterMs: Math.max(1000, answer.retryAfterMs) };
      }
      await clock.sleep(pauseMs, signal);
      signal.throwIfAborted();
      pausedMs += pauseMs;
    }
  }

  function settle(ticket: Ticket, id: string, sizeBytes: number, trueBytes: number | undefined): void {
    ticket.end(trueBytes);
    void load.settle(budget, id, trueBytes ?? sizeBytes);
  }

  return { condition: local.condition, loadBytes: (kind) => local.loadBytes(kind), enter };
}

function toRequest(budget: string, settings: BudgetSettings, kind: QueryKind, sizeBytes: number): LoadRequest {
  const { limits, maxConcurrentQueries, mode } = settings;
  const isWaitable = kind !== 'people';
  return {
    budget,
    kind,
    sizeBytes,
    limitBytes: limits[kind].minuteBytes,
    maxRunning: isWaitable ? Math.max(1, Math.floor(maxConcurrentQueries / 2)) : maxConcurrentQueries,
    unless: isWaitable ? { kind: 'people', usedBytes: limits.people.minuteBytes * busyRatio } : null,
    isForced: mode !== 'enforce',
  };
}
