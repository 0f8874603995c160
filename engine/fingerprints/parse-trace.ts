// Parses a trace of any language into its exceptions and frames. One pass over the lines; what is no head and no frame is
// skipped, so stray lines between frames do no harm.
import { withoutRepeatedHeader } from '../multiline/index.ts';
import { findHead, parseHead, parsePythonEnd } from './exception-head.ts';
import type { ExceptionHead } from './exception-head.ts';
import { moduleOfPath } from './frame-names.ts';
import { builtinPath, parseFrame, parseGoCall } from './parse-frame.ts';
import type { StackFrame, StackTrace, TraceException, TraceLanguage } from './stack-trace.ts';

// Bounds for hostile texts; frames beyond the first few hundred lines never reach a fingerprint.
const maxLineCount = 4000;
const maxTextLength = 262_144;

const goFileLine = /^\s+\S{1,400}\.(?:go|s|c):\d{1,9}(?: \+0x[0-9a-f]{1,16})?$/;
const rustFileLine = /^\s{1,24}at (\S{1,400}\.rs):\d{1,9}(?::\d{1,9})?$/;
const pythonHead = /Traceback \(most recent call last\)/;
const innerEnd = /^\s*--- End of inner (?:exception stack trace|ExceptionDetail)/;

interface Section {
  head: ExceptionHead | undefined;
  readonly frames: StackFrame[];
  isClosed: boolean;
}

/** Returns the trace that a text holds; undefined when it holds none. Time is linear in the text's first 256 K units. */
export function parseTrace(text: string): StackTrace | undefined {
  const bounded = text.length > maxTextLength ? text.slice(0, maxTextLength) : text;
  const lines = withoutRepeatedHeader(
    bounded.split('\n', maxLineCount).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  );
  const reader = new TraceReader();
  lines.forEach((line, index) => {
    reader.read(line, lines[index - 1] ?? '');
  });
  return reader.finish();
}

class TraceReader {
  readonly #sections: Section[] = [];
  /** Heads that no frame has followed yet. */
  #pending: ExceptionHead | undefined;
  #lastPlain = '';
  #lastPlace = '';
  #isPython = false;
  #goroutineCount = 0;

  read(line: string, lineBefore: string): void {
    if (pythonHead.test(line)) {
      this.#isPython = true;
      this.#open(undefined);
      return;
    }
    if (goFileLine.test(line)) {
      this.#readGoFile(line, lineBefore);
      return;
    }
    const rustPath = rustFileLine.exec(line)?.[1];
    if (rustPath !== undefined) {
      this.#readRustFile(rustPath);
      return;
    }
    const frame = parseFrame(line);
    if (frame !== undefined) {
      this.#readFrame(frame, line);
      return;
    }
    if (this.#isPython && this.#readPythonEnd(line)) {
      return;
    }
    this.#readOther(line);
  }

  finish(): StackTrace | undefined {
    const path = this.#pending?.path;
    if (path !== undefined) {
      this.#current().frames.push({ language: 'rust', module: moduleOfPath(path), name: '', path });
    }
    const sections = this.#sections.filter((section) => section.frames.length > 0 || section.head !== undefined);
    const frameCount = sections.reduce((sum, section) => sum + section.frames.length, 0);
    const main = sections.filter((section) => section.head?.link !== 'side');
    const [first] = main;
    const isTrace =
      first !== undefined &&
      (frameCount > 1 || (frameCount === 1 && main.some((section) => section.head !== undefined)));
    return isTrace ? traceOf([first, ...main.slice(1)]) : undefined;
  }

  #open(head: ExceptionHead | undefined): Section {
    const section: Section = { head, frames: [], isClosed: false };
    this.#sections.push(section);
    this.#pending = undefined;
    return section;
  }

  #current(): Section {
    const last = this.#sections.at(-1);
    const isUsable = last !== undefined && !last.isClosed;
    if (this.#pending !== undefined || !isUsable) {
      return this.#open(this.#pending ?? (isUsable ? undefined : findHead(this.#lastPlain)));
    }
    return last;
  }

  #readFrame(frame: StackFrame, line: string): void {
    if (this.#goroutineCount > 1) {
      return;
    }
    // The first line of a Ruby trace is head and frame at once.
    const head = frame.language === 'ruby' ? parseHead(line) : undefined;
    const { frames, head: sectionHead } = head === undefined ? this.#current() : this.#open(head);
    const place = placeOf(line);
    if (frame.language === 'ruby') {
      markBuiltin(frames, place !== '' && place === this.#lastPlace, frame.name);
    }
    frames.push(frame);
    if (frame.language === 'php' && frames.length === 1) {
      markBuiltin(frames, place !== '' && sectionHead?.message.endsWith(` in ${place}`) === true, '');
    }
    this.#lastPlace = place;
  }

  #readGoFile(line: string, lineBefore: string): void {
    const frame = this.#goroutineCount > 1 ? undefined : parseGoCall(lineBefore.trim(), line);
    if (frame !== undefined) {
      this.#current().frames.push(frame);
    }
  }

  #readRustFile(path: string): void {
    const frames = this.#sections.at(-1)?.frames;
    const last = frames?.at(-1);
    if (frames !== undefined && last?.language === 'rust') {
      frames[frames.length - 1] = { ...last, path };
    }
  }

  #readPythonEnd(line: string): boolean {
    const section = this.#sections.at(-1);
    const isInside = section !== undefined && section.frames.length > 0 && section.head === undefined;
    const end = isInside && /^(?:\s*[|+] ?)*\S/.test(line) ? parsePythonEnd(line) : undefined;
    if (section === undefined || end === undefined) {
      return false;
    }
    section.head = end;
    section.frames.reverse();
    section.isClosed = true;
    return true;
  }

  #readOther(line: string): void {
    if (innerEnd.test(line)) {
      this.#closeInner();
      return;
    }
    const head = parseHead(line);
    if (head === undefined && this.#pending?.language === 'rust' && this.#pending.message === '') {
      this.#pending = { ...this.#pending, message: line };
      return;
    }
    if (head === undefined) {
      this.#lastPlain = line.trim() === '' || this.#isNote(line) ? this.#lastPlain : line;
      return;
    }
    if (head.language === 'go') {
      this.#goroutineCount += 1;
      this.#pending ??= this.#sections.length === 0 ? head : undefined;
      return;
    }
    if (head.link === 'first' && this.#sections.length > 0 && !this.#isPython) {
      return;
    }
    this.#takeHead(head);
  }

  #takeHead(head: ExceptionHead): void {
    // Heads in a row: a cause without frames of its own yet, or a better head than a logger's line.
    if (this.#pending !== undefined && head.link !== 'first') {
      this.#open(this.#pending);
    }
    this.#pending = head;
  }

  #isNote(line: string): boolean {
    return line.startsWith('[signal ') || line.startsWith('stack backtrace:') || line.startsWith('Stack trace:');
  }

  // .NET prints the inner exception's frames first; what follows belongs to the exception around it.
  #closeInner(): void {
    const open = this.#sections.findLast((section) => !section.isClosed);
    if (open === undefined) {
      return;
    }
    open.isClosed = true;
    const outer = this.#sections.findLast((section) => !section.isClosed);
    if (outer !== undefined && outer !== this.#sections.at(-1)) {
      this.#sections.push(...this.#sections.splice(this.#sections.indexOf(outer), 1));
    }
  }
}

/** File and line of a Ruby or PHP frame, as `file:line`; empty for others. */
function placeOf(line: string): string {
  const match = /^\s*(?:#\d{1,5} |\d{1,5}: )?(?:from )?([^\s:(]{1,400})(?::(\d{1,9}):in |\((\d{1,9})\): )/.exec(line);
  return match === null ? '' : `${match[1] ?? ''}:${match[2] ?? match[3] ?? ''}`;
}

// A function of the runtime is reported at the place of its caller: Ruby shows both frames there, PHP the exception.
function markBuiltin(frames: StackFrame[], isAtCaller: boolean, callerName: string): void {
  const last = frames.at(-1);
  if (isAtCaller && last !== undefined && last.name !== callerName) {
    frames[frames.length - 1] = { ...last, path: builtinPath };
  }
}

function traceOf(sections: readonly [Section, ...Section[]]): StackTrace {
  const language = languageOf(sections);
  const isRootFirst =
    language === 'python' || language === 'dotnet' || sections.some((section) => section.head?.link === 'wrapper');
  const printed = sections.map(exceptionOf);
  const chain = isRootFirst ? printed : printed.reverse();
  const root = chain[0] ?? exceptionOf(sections[0]);
  return { language, outermost: chain.at(-1) ?? root, root, chain };
}

function languageOf(sections: readonly Section[]): TraceLanguage {
  for (const section of sections) {
    const language = section.frames[0]?.language ?? section.head?.language;
    if (language !== undefined) {
      return language;
    }
  }
  return 'jvm';
}

function exceptionOf(section: Section): TraceException {
  return { type: section.head?.type ?? '', message: section.head?.message ?? '', frames: section.frames };
}
