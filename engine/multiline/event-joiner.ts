// Joins the entries of one stream into events: a line continues the open event by its own form and that of the few lines
// before it, so that events do not depend on where reading began (see maxEventDurationMs).
import type { LogEntry } from '../records/index.ts';
import {
  beginsTrace,
  confirmsTrace,
  contextLineCount,
  judge,
  outlastsStray,
  resumesTrace,
  withoutStrays,
} from './continuation.ts';
import type { Verdict } from './continuation.ts';
import { lineKindOf } from './line-kind.ts';
import type { LineKind } from './line-kind.ts';
import { continuedPlace, repeatedHeaderLength } from './repeated-header.ts';
import type { HeadedLine } from './repeated-header.ts';
import { eventOf } from './log-event.ts';
import type { LogEvent } from './log-event.ts';

// A runtime writes a trace in one go; 4 s bridges a collector that was held up, 1 s is enough to see what came before.
const maxEventSpanMs = 4000;
const maxContextAgeMs = 1000;
const maxEventSpanNs = BigInt(maxEventSpanMs) * 1_000_000n;
const maxContextAgeNs = BigInt(maxContextAgeMs) * 1_000_000n;
const rubyHead = /^[^\s:]{1,300}:\d{1,7}:in [`'][^\n]{0,300}': /;

/**
 * Milliseconds after the point where reading began from which on events no longer depend on that point. It is also an
 * upper bound of the time between an event's first and last entry. A reader that starts this much earlier than the range
 * it wants, and reads on for this long after it, gets the same events as any other reader.
 */
export const maxEventDurationMs = maxEventSpanMs + maxContextAgeMs;

// Runtimes write one or two blank lines before a trace.
const maxLeadingBlankCount = 4;

/** An event has at most this many entries. Longer traces go on in a further event. */
export const maxEventEntryCount = 500;

/** An event of several entries has at most this many UTF-16 units, as Coroot's collector limits it to 64 KiB. */
export const maxEventLength = 65_536;

/** Joins the entries of one stream, given in order of time. */
export interface EventJoiner {
  /** Takes the next entry; returns an event that is now complete. At most seven are held back. */
  add(entry: LogEntry): LogEvent | undefined;
  /** Ends what is open. Call it until it returns undefined: several events may have been held back. */
  flush(): LogEvent | undefined;
}

/** Returns a joiner for the entries of one stream. */
export function createEventJoiner(): EventJoiner {
  return new StreamJoiner();
}

/** Joins the entries of one stream, given in order of time; every entry is in exactly one event. */
export function joinEvents(entries: Iterable<LogEntry>): LogEvent[] {
  const joiner = createEventJoiner();
  const events: LogEvent[] = [];
  for (const entry of entries) {
    const event = joiner.add(entry);
    if (event !== undefined) {
      events.push(event);
    }
  }
  for (let event = joiner.flush(); event !== undefined; event = joiner.flush()) {
    events.push(event);
  }
  return events;
}

interface OpenEvent {
  readonly entries: [LogEntry, ...LogEntry[]];
  /** Time of the line that began the event, or the event that this one goes on from. */
  readonly originNs: bigint;
  readonly isSealed: boolean;
  length: number;
}

interface SeenLine extends HeadedLine {
  readonly timestampNs: bigint;
}

class StreamJoiner implements EventJoiner {
  readonly #finished: LogEvent[] = [];
  #seen: SeenLine[] = [];
  #open: OpenEvent | undefined;
  /** A trace that one stray line has interrupted. */
  #interrupted: OpenEvent | undefined;
  /** True when only a line with the trace's own header may take it up again. */
  #isRepeatedInterrupted = false;
  /** Lines since the last one that goes on like a trace behind a header. */
  #sinceRepeatedCount = contextLineCount;
  #tentative: LogEntry | undefined;
  /** Blank lines that belong to nothing before them; a trace may begin right after them. */
  #blanks: LogEntry[] = [];
  /** Time of a Ruby head whose cause follows its frames. */
  #reraisedNs: bigint | undefined;

  add(entry: LogEntry): LogEvent | undefined {
    const kind = this.#kindOf(entry);
    const headerLength = repeatedHeaderLength(entry.line, kind);
    const seen: SeenLine = { kind, headerLength, line: entry.line, timestampNs: entry.timestampNs };
    if (this.#isOrdinary(kind, headerLength)) {
      this.#start(entry, kind === 'whole');
    } else {
      const before = this.#contextOf(entry);
      this.#settleTentative(entry, confirmsTrace(kind));
      if (!this.#continueRepeated(entry, seen)) {
        this.#place(entry, kind, before);
      }
    }
    this.#sinceRepeatedCount = headerLength > 0 ? 0 : this.#sinceRepeatedCount + 1;
    this.#seen.unshift(seen);
    if (this.#seen.length > contextLineCount) {
      this.#seen.pop();
    }
    return this.#finished.shift();
  }

  flush(): LogEvent | undefined {
    if (this.#tentative !== undefined) {
      this.#start(this.#tentative, false);
      this.#tentative = undefined;
    }
    this.#finishInterrupted();
    this.#finishOpen();
    this.#finishBlanks(this.#blanks.length);
    this.#reraisedNs = undefined;
    this.#sinceRepeatedCount = contextLineCount;
    this.#seen = [];
    return this.#finished.shift();
  }

  // Most lines: one with a header of its own after another such. What stands before them cannot matter.
  #isOrdinary(kind: LineKind, headerLength: number): boolean {
    if (headerLength > 0 || this.#sinceRepeatedCount < contextLineCount) {
      return false;
    }
    const last = this.#seen[0]?.kind;
    const isPlainlyStart = kind === 'header' || kind === 'whole';
    const isNothingOpen = this.#interrupted === undefined && this.#tentative === undefined;
    return isPlainlyStart && isNothingOpen && (last === undefined || last === 'header' || last === 'whole');
  }

  // The cause of a Ruby exception looks like another exception's head; only what stands between the two tells.
  #kindOf(entry: LogEntry): LineKind {
    const kind = lineKindOf(entry.line);
    const reraisedNs = this.#reraisedNs;
    if (kind !== 'frame' && kind !== 'ruby-reraise' && reraisedNs === undefined) {
      return kind;
    }
    this.#reraisedNs = kind === 'frame' ? reraisedNs : kind === 'ruby-reraise' ? entry.timestampNs : undefined;
    const isCause =
      reraisedNs !== undefined &&
      this.#seen[0]?.kind === 'frame' &&
      (kind === 'ruby-reraise' || rubyHead.test(entry.line)) &&
      entry.timestampNs - reraisedNs <= maxContextAgeNs;
    return isCause ? 'trailer' : kind;
  }

  #contextOf(entry: LogEntry): readonly LineKind[] {
    const kinds: LineKind[] = [];
    for (const line of this.#seen) {
      if (entry.timestampNs - line.timestampNs > maxContextAgeNs) {
        break;
      }
      kinds.push(line.kind);
    }
    return withoutStrays(kinds);
  }

  #settleTentative(next: LogEntry, isConfirmed: boolean): void {
    const head = this.#tentative;
    if (head === undefined) {
      return;
    }
    this.#tentative = undefined;
    const isNear = next.timestampNs - head.timestampNs <= maxContextAgeNs;
    if (isConfirmed && isNear) {
      this.#finishInterrupted();
      this.#extend(head);
    } else {
      this.#start(head, false);
    }
  }

  #place(entry: LogEntry, kind: LineKind, before: readonly LineKind[]): void {
    if (this.#interrupted !== undefined && this.#isResumedBy(entry, kind, before.slice(1))) {
      this.#finishOpen();
      this.#open = this.#interrupted;
      this.#interrupted = undefined;
      this.#extend(entry);
      return;
    }
    const verdict: Verdict = judge(kind, entry.line, before);
    if (verdict === 'tentative') {
      this.#tentative = entry;
    } else if (verdict === 'continuation') {
      this.#finishInterrupted();
      this.#extend(entry);
    } else if (kind === 'blank') {
      this.#holdBlank(entry);
    } else {
      this.#interrupt(entry, kind, before);
      this.#start(entry, kind === 'whole', beginsTrace(kind));
    }
  }

  // Lines whose logger repeats its header go on with the last line of that header, past at most one other line.
  #continueRepeated(entry: LogEntry, line: HeadedLine): boolean {
    const recent = this.#seen.filter((seen) => entry.timestampNs - seen.timestampNs <= maxContextAgeNs);
    const place = continuedPlace(line, recent);
    if (place === undefined) {
      return false;
    }
    if (place === 0) {
      this.#finishInterrupted();
      this.#extend(entry);
    } else {
      this.#resumeRepeated(entry);
    }
    return true;
  }

  #resumeRepeated(entry: LogEntry): void {
    const trace = this.#isRepeatedInterrupted ? this.#interrupted : undefined;
    if (trace === undefined || entry.timestampNs - trace.originNs > maxEventSpanNs) {
      this.#start(entry, false);
      return;
    }
    this.#finishOpen();
    this.#open = trace;
    this.#interrupted = undefined;
    this.#extend(entry);
  }

  #isResumedBy(entry: LogEntry, kind: LineKind, beforeStray: readonly LineKind[]): boolean {
    return (
      !this.#isRepeatedInterrupted &&
      resumesTrace(kind, beforeStray) &&
      judge(kind, entry.line, beforeStray) === 'continuation'
    );
  }

  #interrupt(entry: LogEntry, stray: LineKind, before: readonly LineKind[]): void {
    const trace = this.#open;
    const isRepeated = this.#mayRepeatHeader(entry);
    if (trace !== undefined && !trace.isSealed && (isRepeated || outlastsStray(stray, before))) {
      this.#finishInterrupted();
      this.#interrupted = trace;
      this.#isRepeatedInterrupted = isRepeated;
      this.#open = undefined;
    }
  }

  #start(entry: LogEntry, isSealed: boolean, isTraceHead = false): void {
    if (this.#open !== undefined) {
      this.#finishInterrupted();
      this.#finishOpen();
    }
    // Most lines stand alone, and arrays for nothing are a good part of what joining them costs.
    if (this.#blanks.length === 0) {
      this.#open = { entries: [entry], originNs: entry.timestampNs, isSealed, length: entry.line.length };
      return;
    }
    const leading = isTraceHead
      ? this.#blanks.filter((blank) => entry.timestampNs - blank.timestampNs <= maxContextAgeNs)
      : [];
    this.#finishBlanks(this.#blanks.length - leading.length);
    this.#blanks = [];
    const [first, ...rest] = [...leading, entry];
    this.#open = {
      entries: [first ?? entry, ...rest],
      originNs: entry.timestampNs,
      isSealed,
      length: leading.reduce((sum, blank) => sum + blank.line.length + 1, entry.line.length),
    };
  }

  #holdBlank(entry: LogEntry): void {
    this.#finishInterrupted();
    this.#finishOpen();
    this.#blanks.push(entry);
    this.#finishBlanks(this.#blanks.length - maxLeadingBlankCount);
  }

  #finishBlanks(count: number): void {
    for (const blank of this.#blanks.splice(0, Math.max(count, 0))) {
      this.#finished.push(eventOf([blank]));
    }
  }

  // Whether the lines before may belong to a trace whose lines all have a header: its head, a frame, or what comes after
  // a frame, which is at most a source line and one line of marks.
  #mayRepeatHeader(next: LogEntry): boolean {
    return this.#seen
      .slice(0, 3)
      .some(
        (line, index) =>
          (line.headerLength > 0 || (index === 0 && line.kind === 'header-exception')) &&
          next.timestampNs - line.timestampNs <= maxContextAgeNs
      );
  }

  // A line that comes too late, or with nothing before it, is an event by itself and so are those that follow it: cuts
  // that went on from such a line would depend on where reading began.
  #extend(entry: LogEntry): void {
    const open = this.#open;
    const lastBlank = this.#blanks.at(-1);
    if (lastBlank !== undefined && entry.timestampNs - lastBlank.timestampNs <= maxContextAgeNs) {
      this.#start(entry, false, true);
      return;
    }
    const isLate = open !== undefined && entry.timestampNs - open.originNs > maxEventSpanNs;
    if (open === undefined || open.isSealed || isLate) {
      this.#start(entry, true);
      return;
    }
    const length = open.length + 1 + entry.line.length;
    if (open.entries.length < maxEventEntryCount && length <= maxEventLength) {
      open.entries.push(entry);
      open.length = length;
      return;
    }
    this.#finishOpen();
    this.#open = { entries: [entry], originNs: open.originNs, isSealed: false, length: entry.line.length };
  }

  #finishInterrupted(): void {
    if (this.#interrupted !== undefined) {
      this.#finished.push(eventOf(this.#interrupted.entries));
      this.#interrupted = undefined;
    }
  }

  #finishOpen(): void {
    if (this.#open !== undefined) {
      this.#finished.push(eventOf(this.#open.entries));
      this.#open = undefined;
    }
  }
}
