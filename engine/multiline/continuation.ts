import type { LineKind } from './line-kind.ts';

/**
 * Whether a line begins an event, continues the open one, or does so only if the next line turns out to be a frame.
 */
export type Verdict = 'start' | 'continuation' | 'tentative';

/** Kinds that only occur inside or at the head of a trace. */
const traceKinds: ReadonlySet<LineKind> = new Set<LineKind>([
  'frame',
  'python-frame',
  'python-head',
  'go-file',
  'go-call',
  'go-goroutine',
  'go-panic',
  'rust-panic',
  'ruby-frame',
  'ruby-reraise',
  'exception-head',
  'trailer',
  'caret',
  'indented',
  'closing',
]);

/** Kinds that begin a trace, so that blank lines right before them belong to it. */
const headKinds: ReadonlySet<LineKind> = new Set<LineKind>([
  'exception-head',
  'go-panic',
  'python-head',
  'ruby-reraise',
  'rule-line',
  'rust-panic',
  'script-location',
]);

const headerKinds: ReadonlySet<LineKind> = new Set<LineKind>(['header', 'header-exception']);
const pythonLastLine = /^[A-Za-z_][\w.]{0,200}(?::? ?$|: )/;

/** How many earlier lines are looked at: four, and two stray ones between them. */
export const contextLineCount = 6;

/** Returns the lines before a line, latest first, without stray lines between two lines of a trace. */
export function withoutStrays(before: readonly LineKind[]): readonly LineKind[] {
  // Asked for every line that is not plainly a start, most of them far from any trace.
  const mayHaveStray = before.findLastIndex(isTraceLine) > 1;
  return mayHaveStray ? before.filter((kind, index) => !isBetweenTraceLines(before, kind, index)) : before;
}

function isBetweenTraceLines(before: readonly LineKind[], kind: LineKind, index: number): boolean {
  const later = before[index - 1];
  return (
    (kind === 'header' || kind === 'whole') &&
    (later === 'blank' || (later !== 'exception-head' && isTraceLine(later))) &&
    isTraceLine(before[index + 1])
  );
}

/**
 * Judges a line by its own kind and those of the lines before it, latest first. Nothing else counts, so that
 * reading again from elsewhere judges alike.
 */
export function judge(kind: LineKind, line: string, before: readonly LineKind[]): Verdict {
  switch (kind) {
    case 'whole':
    case 'header':
    case 'header-exception':
    case 'go-panic':
    case 'ruby-reraise':
    case 'rule-line':
    case 'script-location':
      return 'start';
    case 'indented':
    case 'frame':
    case 'python-frame':
    case 'go-file':
    case 'trailer':
    case 'caret':
    case 'closing':
      return 'continuation';
    case 'blank':
      return continuationIf(
        isTraceLine(before[0]) || isPythonLastPlace(before.slice(1)) || isAfterBlank(before, traceKinds)
      );
    case 'rust-panic':
      return continuationIf(before[0] === 'blank' && before[1] === 'rust-panic');
    case 'python-head':
      return continuationIf(isHeader(before[0]) || before[0] === 'exception-head' || isAfterTrailer(before));
    case 'go-goroutine':
      return continuationIf(
        isHeader(before[0]) || isGoLine(before[0]) || (before[0] === 'blank' && isGoLine(before[1]))
      );
    case 'go-call':
      return continuationIf(before[0] === 'go-goroutine' || before[0] === 'go-file');
    case 'ruby-frame':
      return continuationIf(goesOnInRuby(before[0]) || (before[0] === 'blank' && goesOnInRuby(before[1])));
    case 'exception-head':
      return judgeExceptionHead(line, before);
    case 'plain':
      return continuationIf(isInnerPlain(line, before));
  }
}

/** Tells whether blank lines right before a line of this kind belong to it, as Rust and PHP begin with one. */
export function beginsTrace(kind: LineKind): boolean {
  return headKinds.has(kind);
}

/** Tells whether a line of this kind confirms that the exception named before it belongs to the line before that. */
export function confirmsTrace(kind: LineKind): boolean {
  return (
    kind === 'frame' || kind === 'python-frame' || kind === 'trailer' || kind === 'indented' || kind === 'ruby-frame'
  );
}

/**
 * Tells whether a trace stays open while one stray line of kind `stray` passes, as other threads write them in between.
 * `before` are the lines before the stray one, latest first.
 */
export function outlastsStray(stray: LineKind, before: readonly LineKind[]): boolean {
  const last = before[0] === 'blank' ? before[1] : before[0];
  const isStray = stray === 'header' || stray === 'whole' || stray === 'plain';
  return isStray && last !== 'closing' && isTraceLine(last);
}

/**
 * Tells whether a line may take up a trace again after a stray line; `before` are the lines before the stray one. Lines
 * that are merely indented may just as well belong to the stray line, unless a source line is due.
 */
export function resumesTrace(kind: LineKind, before: readonly LineKind[]): boolean {
  const isVague = kind === 'indented' || kind === 'caret' || kind === 'closing';
  return !isVague || (kind !== 'closing' && isPythonLastPlace(before));
}

function judgeExceptionHead(line: string, before: readonly LineKind[]): Verdict {
  // Some collectors drop blank lines.
  const isAfterSource = before[0] === 'caret' || (before[0] === 'blank' && before[1] === 'caret');
  if (isAfterSource || before[0] === 'rule-line' || isInnerPlain(line, before)) {
    return 'continuation';
  }
  return isHeader(before[0]) ? 'tentative' : 'start';
}

function isInnerPlain(line: string, before: readonly LineKind[]): boolean {
  const isPythonEnd = isPythonLastPlace(before) && pythonLastLine.test(line);
  return isPythonEnd || before[0] === 'rust-panic' || before[0] === 'script-location';
}

// After the last frame come at most its source line and one line of marks.
function isPythonLastPlace(before: readonly LineKind[]): boolean {
  if (before[0] === 'python-frame') {
    return true;
  }
  const isSource = before[0] === 'indented' || before[0] === 'caret';
  return isSource && (before[1] === 'python-frame' || before[2] === 'python-frame');
}

function isAfterTrailer(before: readonly LineKind[]): boolean {
  return before[0] === 'trailer' || (before[0] === 'blank' && before[1] === 'trailer');
}

function isAfterBlank(before: readonly LineKind[], kinds: ReadonlySet<LineKind>): boolean {
  return before[0] === 'blank' && before[1] !== undefined && kinds.has(before[1]);
}

function isTraceLine(kind: LineKind | undefined): boolean {
  return kind !== undefined && traceKinds.has(kind);
}

function isHeader(kind: LineKind | undefined): boolean {
  return kind !== undefined && headerKinds.has(kind);
}

function isGoLine(kind: LineKind | undefined): boolean {
  return kind === 'go-panic' || kind === 'go-file' || kind === 'go-call' || kind === 'trailer';
}

// A logger that writes `backtrace.join("\n")` leaves its frames unindented, after whatever line names the exception.
function goesOnInRuby(kind: LineKind | undefined): boolean {
  return (
    kind === 'ruby-frame' || kind === 'ruby-reraise' || kind === 'exception-head' || isHeader(kind) || kind === 'plain'
  );
}

function continuationIf(condition: boolean): Verdict {
  return condition ? 'continuation' : 'start';
}
