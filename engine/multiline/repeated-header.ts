// Traces of loggers that write their header before every line. What stands behind the header decides, together with the
// few lines before it that have the same header; digits (time stamps, counters) may differ.
import { analyzeLine } from '../templates/index.ts';
import { judge } from './continuation.ts';
import { lineKindOf } from './line-kind.ts';
import type { LineKind } from './line-kind.ts';

/** A line as far as repeated headers are concerned. */
export interface HeadedLine {
  readonly line: string;
  readonly kind: LineKind;
  /** Units before what only occurs in traces; 0 when there is no such thing behind a header. */
  readonly headerLength: number;
}

const traceForm =
  /[\s|:>\])-](at (?:async )?[\w$.<>/\\@-]{1,300} ?\(|at (?:file:\/\/)?\/\S{1,300}:\d|File "[^"]{1,300}", line \d|Traceback \(most recent call last\)|Caused by: |---> |\.\.\. \d{1,6} more)/;

// Headers of the known families are shorter.
const maxHeaderLength = 250;
const strongKinds: ReadonlySet<LineKind> = new Set<LineKind>(['frame', 'python-frame', 'trailer']);

/** Returns how long the header is behind which a line goes on like one of a trace; 0 when it does not. */
export function repeatedHeaderLength(line: string, kind: LineKind): number {
  if ((kind !== 'header' && kind !== 'header-exception') || !mayHoldForm(line)) {
    return 0;
  }
  const start = line.length > maxHeaderLength + 400 ? line.slice(0, maxHeaderLength + 400) : line;
  const match = traceForm.exec(start);
  const formStart = match === null ? -1 : match.index + 1;
  if (formStart < 0 || formStart > maxHeaderLength || !isBehindHeader(start, formStart)) {
    return 0;
  }
  const end = line.slice(0, formStart).trimEnd().length;
  return line.charCodeAt(end) === 32 ? end + 1 : end;
}

/**
 * Tells where a headed line goes on: at 0 with the line before, at 1 with the one before that, past a stray one; undefined
 * when it begins something of its own. `before` are the lines before it, latest first.
 */
export function continuedPlace(current: HeadedLine, before: readonly HeadedLine[]): 0 | 1 | undefined {
  const length = current.headerLength > 0 ? current.headerLength : (before.find(isStrong)?.headerLength ?? 0);
  if (length === 0 || !isHeaded(current.kind)) {
    return undefined;
  }
  const key = keyOf(current.line, length);
  const same = before.filter((other) => isHeaded(other.kind) && keyOf(other.line, length) === key);
  const place = before.slice(0, 2).findIndex((other) => same.includes(other));
  const isStrayBetween = place === 1 && !isHeaded(before[0]?.kind);
  if (place < 0 || isStrayBetween) {
    return undefined;
  }
  const rest = current.line.slice(length);
  const inner = lineKindOf(rest);
  const innerBefore = same.map((other) => lineKindOf(other.line.slice(length)));
  const isNext = strongKinds.has(inner) || isWeakContinuation(inner, rest, innerBefore);
  return isNext && (place === 0 || place === 1) ? place : undefined;
}

/** Returns the lines of an event without the header that its lines repeat; the same lines when there is none. */
export function withoutRepeatedHeader(lines: readonly string[]): readonly string[] {
  for (const line of lines) {
    const length = repeatedHeaderLength(line, lineKindOf(line));
    if (length > 0) {
      const key = keyOf(line, length);
      return lines.map((other) => (keyOf(other, length) === key ? other.slice(length) : other));
    }
  }
  return lines;
}

// Behind a header such lines are less sure to belong to a trace than without one: a frame must be near.
function isWeakContinuation(inner: LineKind, rest: string, innerBefore: readonly LineKind[]): boolean {
  const isNearFrame = innerBefore.slice(0, 2).some((kind) => kind === 'python-frame' || kind === 'frame');
  const isVague = inner === 'indented' || inner === 'caret' || inner === 'closing';
  return (!isVague || isNearFrame) && judge(inner, rest, innerBefore) === 'continuation';
}

function isStrong(line: HeadedLine): boolean {
  return line.headerLength > 0;
}

function isHeaded(kind: LineKind | undefined): boolean {
  return kind === 'header' || kind === 'header-exception';
}

function keyOf(line: string, length: number): string {
  return line.slice(0, length).replace(/\d/g, '0').trimEnd();
}

// Asked for every line, so it looks at the last character first. Lines that it leaves out still go on with a trace that one
// of the others began.
function mayHoldForm(line: string): boolean {
  switch (line.charCodeAt(line.length - 1)) {
    case 41: // `)`
      return true;
    case 58: // `:`
      return line.endsWith('(most recent call last):');
    case 101: // `e`
      return line.endsWith(' more') || mayHoldInnerForm(line);
    default:
      return mayHoldInnerForm(line);
  }
}

function mayHoldInnerForm(line: string): boolean {
  return line.includes('File "') || line.includes(' ---> ') || line.includes(':line ');
}

// Only the header may stand before the form: a message that names a place is no frame.
function isBehindHeader(line: string, formStart: number): boolean {
  const message = analyzeLine(line).spans.find((span) => span.kind !== 'peeled');
  return message === undefined || line.slice(message.start, formStart).trim() === '' || message.start > formStart;
}
