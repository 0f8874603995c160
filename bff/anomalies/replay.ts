// Judges past minutes from nothing, in order of time, as they are counted by now: what rehearsals tell, and what detectors learn again.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TenantDetector } from '@loghunter/engine/detection';
import type { ClusterStore, DeployStore, SeriesStore } from '@loghunter/ports';
import { readLimits } from './behind-watches.ts';
import { maxWatchedClusters, type DetectionSettings } from './detection-context.ts';
import { toFoundEvents } from './found-events.ts';
import type { KnownCounts } from './ledger-marks.ts';
import { readFacts, type CountHistory } from './minute-facts.ts';
import { readDeploys } from './read-deploys.ts';
import type { FoundEvent } from './record-events.ts';
import { createOffsets } from './time-zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Other work of the process gets its turn after so many minutes of judging. */
const minutesBetweenTurns = 5;

/** What replaying needs. */
export interface ReplayParts {
  readonly tenantId: string;
  readonly series: SeriesStore;
  readonly clusters: ClusterStore;
  readonly deploys: DeployStore;
  readonly countHistory: CountHistory | null;
  readonly settings: DetectionSettings;
}

/** A run through past minutes; writes nothing. */
export class Replay {
  readonly detector: TenantDetector;
  /** By id, as they are at the minute that was judged last. */
  readonly events = new Map<string, FoundEvent>();
  readonly fromMs: number;
  readonly #parts: ReplayParts;
  readonly #known: KnownCounts;
  readonly #offsetAt: (ms: number) => number;
  #judgedUpToMs: number;

  /** `fromMs`: the first minute that is judged, or learned from. */
  constructor(parts: ReplayParts, known: KnownCounts, fromMs: number) {
    this.#parts = parts;
    this.#known = known;
    this.fromMs = fromMs;
    this.#judgedUpToMs = fromMs;
    this.#offsetAt = createOffsets(parts.settings.timeZone);
    const { sensitivity } = parts.settings;
    this.detector = new TenantDetector({ sensitivity, maxClusters: maxWatchedClusters }, known.marks.fromMs / minuteMs);
  }

  /** Every minute before this has been judged. */
  get judgedUpToMs(): number {
    return this.#judgedUpToMs;
  }

  /** Judges an hour more, or up to `toMs`. Throws `PortError` of the database, and the signal's reason. */
  async judge(toMs: number, signal: AbortSignal): Promise<void> {
    const { tenantId, clusters } = this.#parts;
    const part = { fromMs: this.#judgedUpToMs, toMs: Math.min(this.#judgedUpToMs + hourMs, toMs) };
    const deploys = await readDeploys(this.#parts, part);
    const limitOf = await readLimits(this.#parts, this.#known.behind);
    const changes = [];
    for (const [index, minute] of (await readFacts(this.#factParts(), tenantId, part, this.#known.marks)).entries()) {
      changes.push(...this.detector.observe(minute, deploys, (service) => minute.minute * minuteMs < limitOf(service)));
      if (index % minutesBetweenTurns === 0) {
        await nextTurn();
        signal.throwIfAborted();
      }
    }
    const anomalies = { getEvent: () => Promise.resolve(null) };
    for (const event of await toFoundEvents({ tenantId, clusters, anomalies }, changes)) {
      this.events.set(event.id, keepFirst(this.events.get(event.id), event));
    }
    this.#judgedUpToMs = part.toMs;
  }

  #factParts() {
    const { series, countHistory } = this.#parts;
    return { series, countHistory, offsetAt: this.#offsetAt };
  }
}

/** What stays of an event over the hours. */
function keepFirst(before: FoundEvent | undefined, after: FoundEvent): FoundEvent {
  if (before === undefined) {
    return after;
  }
  const severity = before.severity > after.severity ? before.severity : after.severity;
  return { ...after, severity, startedAtMs: Math.min(before.startedAtMs, after.startedAtMs) };
}
