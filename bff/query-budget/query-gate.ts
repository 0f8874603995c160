// Lets queries through one by one: within the bytes of a minute, a number at the same time, people first, and not while Loki
// asks for a pause. One gate per tenant; its state is this process's.
import type { Clock } from '@loghunter/ports';
import { queryKinds, type BudgetSettings, type QueryKind } from './budget-settings.ts';
import { LoadWindow, windowMs, type Charge } from './load-window.ts';
import { LokiCondition } from './loki-condition.ts';

/** Above this share of people's bytes of a minute, work that can wait waits. */
export const busyRatio = 0.5;
/** More would wait longer than anyone does; the next ones are told at once. */
const maxWaitingQueries = 200;
/** Another gate tells nobody when its load is gone: it is looked at again. */
const otherGateMs = 1000;
/** Background work has time, but a wait without end would look like a standstill. */
const maxBackgroundWaitMs = 2 * windowMs;

/** Leave to run one query. */
export interface Ticket {
  readonly kind: 'admitted';
  readonly waitedMs: number;
  /** Shadow mode: the query would have had to wait. */
  readonly isOverdrawn: boolean;
  /** The query is over. With `sizeBytes` its true cost takes the place of the estimate. */
  end(sizeBytes?: number): void;
}

/** No leave within the time that a query of this kind waits. */
export interface Turnaway {
  readonly kind: 'turned-away';
  readonly reason: 'busy' | 'paused';
  readonly retryAfterMs: number;
}

interface Waiter {
  readonly sizeBytes: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly settle: (outcome: Ticket | Turnaway) => void;
}

/** What lets one tenant's queries through. */
export interface Gate {
  readonly condition: LokiCondition;
  /** Bytes that this kind has in flight in this process or had within the last minute. */
  loadBytes(kind: QueryKind): number;
  /**
   * Waits for its turn; rejects with the signal's reason when it is aborted meanwhile. `onOverBudget` is told when it waits for bytes that
   * other replicas have had: `loadBytes` knows nothing of those.
   */
  enter(kind: QueryKind, sizeBytes: number, signal: AbortSignal, onOverBudget?: () => void): Promise<Ticket | Turnaway>;
}

/** The gate of one tenant's queries in this process. */
export class QueryGate implements Gate {
  readonly condition = new LokiCondition();
  readonly #settings: BudgetSettings;
  readonly #clock: Clock;
  readonly #before: Pick<Gate, 'loadBytes'> | undefined;
  readonly #windows = { people: new LoadWindow(), ai: new LoadWindow(), background: new LoadWindow() };
  readonly #waiters: Record<QueryKind, Waiter[]> = { people: [], ai: [], background: [] };
  readonly #running: Record<QueryKind, number> = { people: 0, ai: 0, background: 0 };
  #alarm: AbortController | null = null;

  /** `before`: where people's queries pass, when it is not this gate; work that can wait waits here while they are many there. */
  constructor(settings: BudgetSettings, clock: Clock, before?: Pick<Gate, 'loadBytes'>) {
    this.#settings = settings;
    this.#clock = clock;
    this.#before = before;
  }

  loadBytes(kind: QueryKind): number {
    return this.#windows[kind].sizeBytes(this.#clock.nowMs());
  }

  /** How long a query of this kind waits for its turn. */
  patienceMs(kind: QueryKind): number {
    return kind === 'background' ? maxBackgroundWaitMs : this.#settings.maxWaitMs;
  }

  async enter(kind: QueryKind, sizeBytes: number, signal: AbortSignal): Promise<Ticket | Turnaway> {
    signal.throwIfAborted();
    const nowMs = this.#clock.nowMs();
    const isFree = this.#waiters[kind].length === 0 && this.#opensAtMs(kind, sizeBytes, nowMs) <= nowMs;
    if (isFree || this.#settings.mode !== 'enforce') {
      return this.#admit(kind, sizeBytes, nowMs, !isFree);
    }
    if (queryKinds.reduce((sum, each) => sum + this.#waiters[each].length, 0) >= maxWaitingQueries) {
      return this.#turnAway(kind, sizeBytes, nowMs);
    }
    return this.#wait(kind, sizeBytes, signal);
  }

  // Called whenever something has changed that a waiter may wait for.
  #serve(): void {
    this.#alarm?.abort();
    this.#alarm = null;
    const nowMs = this.#clock.nowMs();
    for (const kind of queryKinds) {
      this.#serveKind(kind, nowMs);
    }
    this.#setAlarm(nowMs);
  }

  #serveKind(kind: QueryKind, nowMs: number): void {
    const waiters = this.#waiters[kind];
    for (let [first] = waiters; first !== undefined; [first] = waiters) {
      if (this.#opensAtMs(kind, first.sizeBytes, nowMs) <= nowMs) {
        waiters.shift();
        first.settle(this.#admit(kind, first.sizeBytes, first.sinceMs, false));
      } else if (first.untilMs <= nowMs) {
        waiters.shift();
        first.settle(this.#turnAway(kind, first.sizeBytes, nowMs));
      } else {
        return;
      }
    }
  }

  #wait(kind: QueryKind, sizeBytes: number, signal: AbortSignal): Promise<Ticket | Turnaway> {
    const { promise, resolve, reject } = Promise.withResolvers<Ticket | Turnaway>();
    const sinceMs = this.#clock.nowMs();
    const waiter: Waiter = { sizeBytes, sinceMs, untilMs: sinceMs + this.patienceMs(kind), settle };
    const giveUp = () => {
      this.#waiters[kind] = this.#waiters[kind].filter((other) => other !== waiter);
      reject(signal.reason);
      this.#serve();
    };
    function settle(outcome: Ticket | Turnaway): void {
      signal.removeEventListener('abort', giveUp);
      resolve(outcome);
    }
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiters[kind].push(waiter);
    this.#serve();
    return promise;
  }

  #admit(kind: QueryKind, sizeBytes: number, sinceMs: number, isOverdrawn: boolean): Ticket {
    const charge = this.#windows[kind].add(sizeBytes);
    this.#running[kind] += 1;
    return {
      kind: 'admitted',
      waitedMs: this.#clock.nowMs() - sinceMs,
      isOverdrawn,
      end: (trueBytes) => this.#end(kind, charge, trueBytes),
    };
  }

  #end(kind: QueryKind, charge: Charge, trueBytes: number | undefined): void {
    if (charge.endedAtMs !== null) {
      return;
    }
    charge.sizeBytes = trueBytes ?? charge.sizeBytes;
    charge.endedAtMs = this.#clock.nowMs();
    this.#running[kind] -= 1;
    this.#serve();
  }

  #turnAway(kind: QueryKind, sizeBytes: number, nowMs: number): Turnaway {
    const opensAtMs = this.#opensAtMs(kind, sizeBytes, nowMs);
    const isPaused = this.#pausedUntilMs(kind) > nowMs;
    return {
      kind: 'turned-away',
      reason: isPaused ? 'paused' : 'busy',
      retryAfterMs: Math.min(Math.max(1000, opensAtMs - nowMs), windowMs),
    };
  }

  /** When the gate opens for a query: now or earlier when it may run, the next moment worth looking at otherwise. */
  #opensAtMs(kind: QueryKind, sizeBytes: number, nowMs: number): number {
    const running = queryKinds.reduce((sum, each) => sum + this.#running[each], 0);
    const { maxConcurrentQueries, limits } = this.#settings;
    // People always find a place: work that can wait takes half of the places, and none that people wait for.
    const places = kind === 'people' ? maxConcurrentQueries : Math.max(1, Math.floor(maxConcurrentQueries / 2));
    const moments = [this.#pausedUntilMs(kind)];
    if (running >= places || (kind !== 'people' && this.#waiters.people.length > 0)) {
      moments.push(nowMs + windowMs);
    }
    if (sizeBytes > 0) {
      moments.push(this.#windows[kind].fitsAtMs(nowMs, sizeBytes, limits[kind].minuteBytes));
    }
    if (kind !== 'people') {
      const busyBytes = limits.people.minuteBytes * busyRatio;
      moments.push(this.#windows.people.fitsAtMs(nowMs, 0, busyBytes));
      if ((this.#before?.loadBytes('people') ?? 0) > busyBytes) {
        moments.push(nowMs + otherGateMs);
      }
    }
    return Math.max(...moments);
  }

  #pausedUntilMs(kind: QueryKind): number {
    return kind === 'people' ? this.condition.statedUntilMs : this.condition.cautiousUntilMs;
  }

  // Queries that end look by themselves; the alarm is for bytes that grow old, pauses that end and patience that runs out.
  #setAlarm(nowMs: number): void {
    const moments = queryKinds.flatMap((kind) => {
      const [first] = this.#waiters[kind];
      return first === undefined ? [] : [first.untilMs, this.#opensAtMs(kind, first.sizeBytes, nowMs)];
    });
    if (moments.length === 0) {
      return;
    }
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#clock.sleep(Math.max(1, Math.min(...moments) - nowMs), alarm.signal).then(() => {
      if (!alarm.signal.aborted) {
        this.#serve();
      }
    });
  }
}
