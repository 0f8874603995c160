// A log store whose queries pass the budget: estimated first, refused or held back where they cost too much, metered after.
import type { LogEntry } from '@loghunter/engine/records';
import {
  isPortError,
  PortError,
  type CostObserver,
  type CountEntriesRequest,
  type LogStore,
  type NanosecondRange,
  type ReadEntriesRequest,
  type StreamCount,
} from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { QueryKind } from './budget-settings.ts';
import { cutRange } from './cut-range.ts';
import { describeBytes } from './describe-bytes.ts';
import { describeFit } from './describe-fit.ts';
import type { QueryBudget } from './query-budget.ts';
import { busyRatio, type Ticket, type Turnaway } from './query-gate.ts';

const minuteNs = 60_000_000_000n;

/** What all queries that read lines have. */
type CostlyRequest = NanosecondRange & CostObserver & { readonly signal: AbortSignal };

/** A piece of a query that runs: where its bytes are added up until it ends. */
interface Running {
  /** The request of the piece, which tells the meter what it costs. */
  readonly observeProcessed: (sizeBytes: number) => void;
  observeLines(entries: readonly LogEntry[]): void;
  finish(): void;
  fail(error: unknown): void;
}

/** Puts the budget of one kind before a log store. */
export function createBudgetedLogStore(budget: QueryBudget, store: LogStore, kind: QueryKind): LogStore {
  const spender = new Spender(budget, kind);
  return {
    readEntries: (request) => readWithin(spender, store, request),
    findEntries: (request) =>
      spender.spend(request.query, request, async (running) => {
        const entries = await store.findEntries({
          ...request,
          observeProcessed(sizeBytes) {
            running.observeProcessed(sizeBytes);
            // Whoever asks may want to say what the answer cost.
            request.observeProcessed?.(sizeBytes);
          },
        });
        running.observeLines(entries);
        return entries;
      }),
    countEntries: (request) => countWithin(spender, request, (part) => store.countEntries(part)),
    countByLabels: (request) => countWithin(spender, request, (part) => store.countByLabels(part)),
    listLabelNames: (request) => spender.lookUp(request.signal, () => store.listLabelNames(request)),
    listLabelValues: (name, request) => spender.lookUp(request.signal, () => store.listLabelValues(name, request)),
    listStreams: (request) => spender.lookUp(request.signal, () => store.listStreams(request)),
    readStats: (request) => spender.lookUp(request.signal, () => store.readStats(request)),
    // Absent where the store has it not: its absence says something.
    ...(store.listPatterns === undefined
      ? {}
      : { listPatterns: (request) => spender.lookUp(request.signal, async () => store.listPatterns?.(request) ?? []) }),
    ...(store.readFacts === undefined ? {} : { readFacts: store.readFacts.bind(store) }),
    // Costs nothing that could be estimated: Loki passes on what comes anyway.
    ...(store.tailEntries === undefined ? {} : { tailEntries: store.tailEntries.bind(store) }),
    push: (streams, signal) => store.push(streams, signal),
    ping: (signal) => store.ping(signal),
  };
}

async function* readWithin(spender: Spender, store: LogStore, request: ReadEntriesRequest) {
  for await (const piece of spender.cut(request.query, request, minuteNs)) {
    const running = await spender.begin(request.query, { ...request, ...piece });
    try {
      const part = { ...request, ...piece, expectedByStream: expectedIn(piece, request) };
      const pages = store.readEntries({ ...part, observeProcessed: running.observeProcessed });
      for await (const page of pages) {
        running.observeLines(page.entries);
        yield page;
      }
    } catch (error) {
      running.fail(error);
      throw error;
    } finally {
      // Also when the reader stops half-way.
      running.finish();
    }
  }
}

/** Entries to expect in a piece of what is read, when they are the same everywhere. */
function expectedIn(
  piece: NanosecondRange,
  { expectedByStream, fromNs, toNs }: ReadEntriesRequest
): number | undefined {
  const share = Number(piece.toNs - piece.fromNs) / Number(toNs - fromNs);
  return expectedByStream === undefined ? undefined : Math.ceil(expectedByStream * share);
}

async function countWithin<T extends CountEntriesRequest>(
  spender: Spender,
  request: T,
  count: (part: T) => Promise<readonly StreamCount[]>
): Promise<readonly StreamCount[]> {
  const counts: Array<readonly StreamCount[]> = [];
  const stepNs = BigInt(request.stepMs) * 1_000_000n;
  for await (const piece of spender.cut(request.selector, request, stepNs)) {
    const part = { ...request, ...piece };
    const counted = await spender.spend(request.selector, part, ({ observeProcessed }) =>
      count({ ...part, observeProcessed })
    );
    counts.push(counted);
  }
  return counts.flat();
}

/** Spends one kind's budget. */
class Spender {
  readonly #budget: QueryBudget;
  readonly #kind: QueryKind;

  constructor(budget: QueryBudget, kind: QueryKind) {
    this.#budget = budget;
    this.#kind = kind;
  }

  /** The range in pieces that fit one by one; whole for people, who are told what would fit instead. */
  cut(query: string, request: CostlyRequest, unitNs: bigint): AsyncIterable<NanosecondRange> | [NanosecondRange] {
    const { settings } = this.#budget;
    const whole = { fromNs: request.fromNs, toNs: request.toNs };
    if (settings.mode !== 'enforce' || this.#kind !== 'background') {
      return [whole];
    }
    const limitBytes = this.#limitBytes();
    return cutRange(whole, unitNs, async (range) => (await this.#estimate(query, range, request.signal)) <= limitBytes);
  }

  async spend<T>(query: string, request: CostlyRequest, work: (running: Running) => Promise<T>): Promise<T> {
    const running = await this.begin(query, request);
    try {
      return await work(running);
    } catch (error) {
      running.fail(error);
      throw error;
    } finally {
      running.finish();
    }
  }

  /** A question to the index alone: it costs no lines, but takes a place and heeds Loki's pauses. */
  async lookUp<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#budget.settings.mode === 'off') {
      return work();
    }
    const running = await this.#enter(0, false, signal);
    try {
      return await work();
    } catch (error) {
      running.fail(error);
      throw error;
    } finally {
      running.finish();
    }
  }

  /** Waits until the query may run; throws when it costs too much or its turn does not come. */
  async begin(query: string, request: CostlyRequest): Promise<Running> {
    const { settings, meter } = this.#budget;
    if (settings.mode === 'off') {
      return this.#enter(0, false, request.signal, request);
    }
    const sizeBytes = await this.#estimate(query, request, request.signal);
    const isTooLarge = this.#kind !== 'background' && sizeBytes > this.#limitBytes();
    if (isTooLarge && settings.mode === 'enforce') {
      meter.observeQuery(this.#kind, 'refused', sizeBytes, 0);
      throw await this.#refusal(query, request, sizeBytes);
    }
    return this.#enter(sizeBytes, isTooLarge, request.signal, request);
  }

  #limitBytes(): number {
    const { queryBytes, minuteBytes } = this.#budget.settings.limits[this.#kind];
    return Math.min(queryBytes, minuteBytes);
  }

  async #estimate(query: string, range: NanosecondRange, signal: AbortSignal): Promise<number> {
    // When nobody knows, a query counts as much as one may have: a few of them run, not a hundred.
    return (await this.#budget.estimator.estimate(query, range, signal)) ?? this.#limitBytes();
  }

  async #enter(
    sizeBytes: number,
    isTooLarge: boolean,
    signal: AbortSignal,
    asker: CostObserver = {}
  ): Promise<Running> {
    const { meter, settings } = this.#budget;
    const answer = await this.#waitForTurn(sizeBytes, signal);
    if (answer.kind === 'turned-away') {
      meter.observeQuery(this.#kind, 'turned-away', sizeBytes, 0);
      throw this.#turnedAway(answer);
    }
    const shadow = isTooLarge
      ? 'would-refuse'
      : answer.isOverdrawn && settings.mode === 'shadow'
        ? 'would-wait'
        : 'ran';
    meter.observeQuery(this.#kind, answer.waitedMs > 0 ? 'waited' : shadow, sizeBytes, answer.waitedMs);
    return this.#run(answer, asker);
  }

  async #waitForTurn(sizeBytes: number, signal: AbortSignal): Promise<Ticket | Turnaway> {
    const { gate, clock, waits, settings } = this.#budget;
    if (this.#kind !== 'background') {
      return gate.enter(this.#kind, sizeBytes, signal);
    }
    const { background, people } = settings.limits;
    const isOverBudget =
      gate.loadBytes('background') + sizeBytes > background.minuteBytes ||
      gate.loadBytes('people') > people.minuteBytes * busyRatio;
    const wait = waits.begin(clock.nowMs(), isOverBudget);
    try {
      return await gate.enter(this.#kind, sizeBytes, signal, wait.noteOverBudget);
    } finally {
      wait.end(clock.nowMs());
    }
  }

  #run(ticket: Ticket, asker: CostObserver): Running {
    const { gate, meter, lineRate, clock } = this.#budget;
    const kind = this.#kind;
    let [processedBytes, lineBytes] = [0, 0];
    let [isOver, hasFailed, wasSent] = [false, false, true];
    return {
      observeProcessed(sizeBytes) {
        processedBytes += sizeBytes;
        asker.observeProcessed?.(sizeBytes);
      },
      observeLines(entries) {
        const sizeBytes = entries.reduce((sum, { line }) => sum + Buffer.byteLength(line), 0);
        lineBytes += sizeBytes;
        lineRate.observeLines(entries.length, sizeBytes);
      },
      fail(error) {
        hasFailed = true;
        // Nobody answered: there is no Loki that this could have cost anything.
        wasSent = !(isPortError(error) && error.kind === 'unavailable' && error.status === undefined);
        gate.condition.noteFailure(error, clock.nowMs());
      },
      finish() {
        if (isOver) {
          return;
        }
        isOver = true;
        // A query that failed, or a store that does not say: the estimate stands.
        ticket.end(wasSent && (hasFailed || processedBytes === 0) ? undefined : processedBytes);
        meter.observeRead(kind, Math.max(processedBytes, lineBytes));
        if (!hasFailed) {
          gate.condition.noteSuccess();
        }
      },
    };
  }

  async #refusal(query: string, request: CostlyRequest, sizeBytes: number): Promise<ProblemError> {
    const { estimator, clock } = this.#budget;
    const limitBytes = this.#limitBytes();
    const fit = await describeFit(estimator, clock, { ...request, query, limitBytes });
    return new ProblemError(
      'query-rejected',
      `This would have Loki read about ${describeBytes(sizeBytes)}; one query may read ${describeBytes(limitBytes)}. ${fit}`
    );
  }

  #turnedAway({ reason, retryAfterMs }: Turnaway): ProblemError | PortError {
    const seconds = Math.ceil(retryAfterMs / 1000);
    const why =
      reason === 'paused'
        ? 'Loki is overloaded and asked for a pause'
        : 'The bytes and places that Loki may be asked for are taken';
    const message = `${why}; try again in ${seconds} s.`;
    if (this.#kind === 'background' || reason === 'paused') {
      return new PortError({ system: this.#budget.system, kind: 'unavailable', message, retryAfterMs });
    }
    return new ProblemError('rate-limited', message, { headers: { 'Retry-After': String(seconds) } });
  }
}
