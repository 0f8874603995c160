// Counts of one read, by stream, minute, cluster and level. An event counts in the minute of its first line; each of its
// lines counts in its own minute. What is kept in memory grows with these counts, not with the lines read.
import type { LogEvent } from '@loghunter/engine/multiline';
import type { Labels } from '@loghunter/engine/records';
import type { Level } from '@loghunter/engine/severity';
import { renderTemplate } from '@loghunter/engine/templates';
import type {
  ClusterCount,
  ClusterIdentity,
  LedgerWrite,
  MinuteRange,
  SampleCandidate,
  StreamMinute,
} from '@loghunter/ports';
import type { TextRedactor } from '../redaction/stored-text-redaction.ts';
import type { EventIdentifier, IdentifiedEvent } from '../events/identify-event.ts';
import { streamKeyOf } from '../events/stream-key.ts';
import { minuteMs, minuteOf, toNanoseconds } from './minutes.ts';
import { scaleCounts } from './scale-counts.ts';

/** Redacted before it is cut, and cut before that so that one huge line cannot hold up the read. */
const maxRedactedLength = 32_768;
const maxSampleLength = 8192;

/** Counts what was read of a window of whole minutes. */
export interface Tally {
  /** Counts the event's lines that lie inside the window. */
  add(event: LogEvent): void;
  /** Lines counted in all. */
  lineCount(): number;
  /** Lines counted for a stream in a minute. */
  lineCountOf(labels: Labels, minute: number): number;
  /** States that a stream has nothing in a minute, unless something was counted there. */
  addEmpty(labels: Labels, minute: number): void;
  /** States lines that exist and could not be read. */
  addUnread(labels: Labels, minute: number, lineCount: number): void;
  /** Scales what was counted of a stream's minute to its lines; all of them are stated as unread where nothing was counted. */
  scaleTo(labels: Labels, minute: number, lineCount: number): void;
  /** Packed signatures of what was counted, for rules to be learned from; without those that hold what the tenant keeps private. */
  signatures(redactor: TextRedactor): ReadonlySet<string>;
  /** What goes to the ledger by the rules as they are now; minutes that end by `closedBeforeMs` are closed. */
  toWrite(closedBeforeMs: number, redactor: TextRedactor): Pick<LedgerWrite, 'minutes' | 'clusters' | 'samples'>;
}

type Counter = { -readonly [Key in keyof ClusterCount]: ClusterCount[Key] };

interface MinuteTally {
  readonly labels: Labels;
  readonly minuteMs: number;
  lineCount: number;
  unreadLineCount: number;
  /** By cluster and level. */
  readonly counters: Map<string, Map<Level, Counter>>;
}

interface ClusterTally {
  readonly known: IdentifiedEvent;
  first: LogEvent | undefined;
  last: LogEvent | undefined;
}

/** An empty tally of a window. */
export function createTally(identifier: EventIdentifier, window: MinuteRange): Tally {
  return new WindowTally(identifier, window);
}

class WindowTally implements Tally {
  readonly #identifier: EventIdentifier;
  readonly #window: MinuteRange;
  readonly #streams = new Map<string, Map<number, MinuteTally>>();
  readonly #clusters = new Map<string, ClusterTally>();
  /** The minute that was asked for last: most lines are of the same one as the line before, and dividing is dear. */
  #lastMinute = { startMs: 0, fromNs: 0n, toNs: 0n };

  constructor(identifier: EventIdentifier, window: MinuteRange) {
    this.#identifier = identifier;
    this.#window = window;
  }

  add(event: LogEvent): void {
    const [first] = event.entries;
    let known: IdentifiedEvent | undefined;
    let minuteTally: MinuteTally | undefined;
    let counter: Counter | undefined;
    for (const entry of event.entries) {
      const minute = this.#minuteOf(entry.timestampNs);
      if (!this.#holds(minute)) {
        continue;
      }
      known ??= this.#identifier.identify(event);
      if (minuteTally?.minuteMs !== minute || counter === undefined) {
        minuteTally = this.#minute(first.labels, minute);
        counter = counterOf(minuteTally, known, first.timestampNs);
      }
      minuteTally.lineCount += 1;
      counter.lineCount += 1;
      const cluster = this.#cluster(known);
      if (entry === first) {
        countEvent(counter, first.timestampNs);
        keepSample(cluster, event);
      }
    }
  }

  lineCount(): number {
    return [...this.#streams.values()]
      .flatMap((minutes) => [...minutes.values()])
      .reduce((sum, tally) => sum + tally.lineCount, 0);
  }

  lineCountOf(labels: Labels, minute: number): number {
    return this.#streams.get(streamKeyOf(labels))?.get(minute)?.lineCount ?? 0;
  }

  addEmpty(labels: Labels, minute: number): void {
    if (this.#holds(minute)) {
      this.#minute(labels, minute);
    }
  }

  addUnread(labels: Labels, minute: number, lineCount: number): void {
    if (this.#holds(minute)) {
      this.#minute(labels, minute).unreadLineCount += lineCount;
    }
  }

  scaleTo(labels: Labels, minute: number, lineCount: number): void {
    if (this.lineCountOf(labels, minute) === 0) {
      this.addUnread(labels, minute, lineCount);
      return;
    }
    const tally = this.#minute(labels, minute);
    scaleCounts(countersOf(tally), lineCount);
    tally.lineCount = lineCount;
  }

  toWrite(closedBeforeMs: number, redactor: TextRedactor): Pick<LedgerWrite, 'minutes' | 'clusters' | 'samples'> {
    const tallies = [...this.#streams.values()].flatMap((minutes) => [...minutes.values()]);
    const counted = new Map(
      [...this.#clusters].map(([clusterId, { known }]) => [clusterId, this.#identifier.countedAs(known)])
    );
    const idOf = (clusterId: string): string => counted.get(clusterId)?.identity.id ?? clusterId;
    const identities = [...counted.values()].flatMap(({ identity, canonical }) =>
      canonical === null ? [identity] : [identity, canonical]
    );
    return {
      minutes: tallies.map((tally) => this.#toStreamMinute(tally, closedBeforeMs, idOf)),
      clusters: identities.map((identity) => toStoredIdentity(identity, redactor)),
      samples: [...this.#clusters.values()].flatMap((cluster) => toSamples(cluster, idOf, redactor)),
    };
  }

  signatures(redactor: TextRedactor): ReadonlySet<string> {
    const identities = [...this.#clusters.values()].map(({ known }) => known.identity);
    return new Set(
      identities
        .filter(({ signature, template }) => signature !== '' && redactor.template(template) === template)
        .map(({ signature }) => signature)
    );
  }

  #minuteOf(timestampNs: bigint): number {
    const last = this.#lastMinute;
    if (timestampNs >= last.fromNs && timestampNs < last.toNs) {
      return last.startMs;
    }
    const startMs = minuteOf(timestampNs);
    this.#lastMinute = { startMs, ...toNanoseconds({ fromMs: startMs, toMs: startMs + minuteMs }) };
    return startMs;
  }

  #holds(minute: number): boolean {
    return minute >= this.#window.fromMs && minute < this.#window.toMs;
  }

  #minute(labels: Labels, minute: number): MinuteTally {
    const key = streamKeyOf(labels);
    let minutes = this.#streams.get(key);
    if (minutes === undefined) {
      minutes = new Map();
      this.#streams.set(key, minutes);
    }
    let tally = minutes.get(minute);
    if (tally === undefined) {
      tally = { labels, minuteMs: minute, lineCount: 0, unreadLineCount: 0, counters: new Map() };
      minutes.set(minute, tally);
    }
    return tally;
  }

  #cluster(known: IdentifiedEvent): ClusterTally {
    const present = this.#clusters.get(known.clusterId);
    if (present !== undefined) {
      return present;
    }
    const created: ClusterTally = { known, first: undefined, last: undefined };
    this.#clusters.set(known.clusterId, created);
    return created;
  }

  #toStreamMinute(tally: MinuteTally, closedBeforeMs: number, idOf: (clusterId: string) => string): StreamMinute {
    return {
      labels: tally.labels,
      ...this.#identifier.serviceOf(tally.labels),
      minuteMs: tally.minuteMs,
      lineCount: tally.lineCount,
      unreadLineCount: tally.unreadLineCount,
      isClosed: tally.minuteMs + minuteMs <= closedBeforeMs,
      counts: countersOf(tally).map((count) => ({ ...count, clusterId: idOf(count.clusterId) })),
    };
  }
}

function counterOf({ counters }: MinuteTally, { clusterId, level }: IdentifiedEvent, firstNs: bigint): Counter {
  let ofCluster = counters.get(clusterId);
  if (ofCluster === undefined) {
    ofCluster = new Map();
    counters.set(clusterId, ofCluster);
  }
  let counter = ofCluster.get(level);
  if (counter === undefined) {
    counter = { clusterId, level, eventCount: 0, lineCount: 0, firstNs, lastNs: firstNs };
    ofCluster.set(level, counter);
  }
  return counter;
}

function countersOf({ counters }: MinuteTally): Counter[] {
  return [...counters.values()].flatMap((ofCluster) => [...ofCluster.values()]);
}

function countEvent(counter: Counter, timestampNs: bigint): void {
  counter.eventCount += 1;
  if (timestampNs < counter.firstNs) {
    counter.firstNs = timestampNs;
  }
  if (timestampNs > counter.lastNs) {
    counter.lastNs = timestampNs;
  }
}

function keepSample(cluster: ClusterTally, event: LogEvent): void {
  const timeNs = event.entries[0].timestampNs;
  if (cluster.first === undefined || timeNs < cluster.first.entries[0].timestampNs) {
    cluster.first = event;
  }
  if (cluster.last === undefined || timeNs >= cluster.last.entries[0].timestampNs) {
    cluster.last = event;
  }
}

function toStoredIdentity(identity: ClusterIdentity, redactor: TextRedactor): ClusterIdentity {
  const template = redactor.template(identity.template);
  return template === identity.template
    ? identity
    : { ...identity, template, templateText: renderTemplate(template), signature: '' };
}

function toSamples(
  cluster: ClusterTally,
  idOf: (clusterId: string) => string,
  redactor: TextRedactor
): SampleCandidate[] {
  const events = cluster.first === cluster.last ? [cluster.first] : [cluster.first, cluster.last];
  return events
    .filter((event) => event !== undefined)
    .map((event) => ({
      clusterId: idOf(cluster.known.clusterId),
      timestampNs: event.entries[0].timestampNs,
      text: redactor.sample(event.text.slice(0, maxRedactedLength)).slice(0, maxSampleLength),
    }));
}
