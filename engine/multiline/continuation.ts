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
  'exception-head',
  'trailer',
  'caret',
  'indented',
  'closing',
]);

/** Kinds that say by themselves which trace they belong to, also when a stray line stands before them. */
const strongKinds: ReadonlySet<LineKind> = new Set<LineKind>([
  'frame',
  'python-frame',
  'go-file',
  'go-call',
  'ruby-frame',
  'trailer',
  'exception-head',
]);

const headerKinds: ReadonlySet<LineKind> = new Set<LineKind>(['header', 'header-exception']);
const pythonLastLine = /^[A-Za-z_][\w.]{0,200}(?::? ?$|: )/;

/** How many earlier lines {@link judge} looks at. */
export const contextLineCount = 4;

/**
 * Judges a line by its own kind and those of up to four lines before it, latest first. Nothing else counts, so that
 * reading again from elsewhere judges alike.
 */
export function judge(kind: LineKind, line: string, before: readonly LineKind[]): Verdict {
  switch (kind) {
    case 'whole':
    case 'header':
    case 'header-exception':
    case 'go-panic':
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
      return continuationIf(isRubyLine(before[0]) || (before[0] === 'blank' && before[1] === 'exception-head'));
    case 'exception-head':
      return judgeExceptionHead(line, before);
    case 'plain':
      return continuationIf(isInnerPlain(line, before));
  }
}

/** Tells whether a line of this kind confirms that the exception named before it belongs to the line before that. */
export function confirmsTrace(kind: LineKind): boolean {
  return (
    kind === 'frame' || kind === 'python-frame' || kind === 'trailer' || kind === 'indented' || kind === 'ruby-frame'
  );
}

/** Tells whether a trace whose last line is `last` stays open while one stray line of kind `stray` passes. */
export function outlastsStray(last: LineKind | undefined, stray: LineKind): boolean {
  return (stray === 'header' || stray === 'whole' || stray === 'plain') && last !== undefined && isInsideTrace(last);
}

/** Tells whether a line may take up a trace again after a stray line. */
export function resumesTrace(kind: LineKind): boolean {
  return strongKinds.has(kind);
}

function isInsideTrace(kind: LineKind): boolean {
  return strongKinds.has(kind) || kind === 'go-goroutine' || kind === 'python-head' || kind === 'indented';
}

function judgeExceptionHead(line: string, before: readonly LineKind[]): Verdict {
  const isAfterSource = before[0] === 'blank' && before[1] === 'caret';
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

function isRubyLine(kind: LineKind | undefined): boolean {
  return kind === 'ruby-frame' || kind === 'exception-head';
}

function continuationIf(condition: boolean): Verdict {
  return condition ? 'continuation' : 'start';
}
