// Traces that a line holds in one field, with escaped newlines: JSON, logfmt and quoted text.
import { parseTrace } from './parse-trace.ts';
import type { StackTrace } from './stack-trace.ts';

/** Longest line that is searched; longer ones are clustered by their template. */
const maxLineLength = 262_144;
const maxDepth = 5;
const maxValueCount = 500;

// What frames of any language look like when their newline is escaped.
const frameHint =
  /\\n(?:\\t|\s|\\r)*(?:at |File \\?"|from |#\d|\d{1,4}: |\\t\S{1,200}\.go:|goroutine |\S{1,200}:\d{1,7}:in |--- End)|Traceback \(most recent/;

/** Whether a line without newlines needs to be searched for a trace; decided by its letters and signs alone, not by its digits. */
export function mayHoldTrace(line: string): boolean {
  return line.includes('\\n') || (line.charCodeAt(0) === 123 && /"(?:stack|frames|stacktrace)"/i.test(line));
}

/** Returns the trace inside a line without newlines; undefined when there is none. */
export function findEmbeddedTrace(line: string): StackTrace | undefined {
  const hasEscapes = line.length <= maxLineLength && line.includes('\\n');
  const isJson = line.charCodeAt(0) === 123;
  if (isJson && line.length <= maxLineLength && (hasEscapes || /"(?:stack|frames|stacktrace)"/i.test(line))) {
    return findTraceInJson(line);
  }
  return hasEscapes && frameHint.test(line) ? parseTrace(unescapeText(line)) : undefined;
}

function findTraceInJson(line: string): StackTrace | undefined {
  if (!frameHint.test(line) && !/"(?:\\t|\s)*(?:at |File \\"|from |#\d)/.test(line)) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Cut or almost-JSON: the escapes can still be read.
    return parseTrace(unescapeText(line));
  }
  return new TraceSearch().search(value, 0, '');
}

class TraceSearch {
  #valueCount = 0;

  /** Depth first in the order of keys; `siblingType` is the type that the object around a value states. */
  search(value: unknown, depth: number, siblingType: string): StackTrace | undefined {
    this.#valueCount += 1;
    if (depth > maxDepth || this.#valueCount > maxValueCount) {
      return undefined;
    }
    if (typeof value === 'string') {
      return value.includes('\n') ? withType(parseTrace(value), siblingType) : undefined;
    }
    if (Array.isArray(value)) {
      return this.#searchArray(value, depth, siblingType);
    }
    return typeof value === 'object' && value !== null ? this.#searchObject(value, depth) : undefined;
  }

  #searchArray(values: readonly unknown[], depth: number, siblingType: string): StackTrace | undefined {
    if (values.length > 1 && values.every((value) => typeof value === 'string')) {
      return withType(parseTrace(values.join('\n')), siblingType);
    }
    return this.#searchAll(values, depth, siblingType);
  }

  #searchObject(object: object, depth: number): StackTrace | undefined {
    return this.#searchAll(Object.values(object), depth, statedType(object));
  }

  #searchAll(values: readonly unknown[], depth: number, siblingType: string): StackTrace | undefined {
    for (const value of values) {
      const trace = this.search(value, depth + 1, siblingType);
      if (trace !== undefined) {
        return trace;
      }
    }
    return undefined;
  }
}

function statedType(object: object): string {
  for (const [key, value] of Object.entries(object)) {
    if (
      typeof value === 'string' &&
      /^(?:(?:exception|error|err)[._]?(?:type|class|name|kind)|type|name|class|kind)$/i.test(key)
    ) {
      if (/^[A-Za-z_][\w.$:\\]{0,200}$/.test(value)) {
        return value;
      }
    }
  }
  return '';
}

function withType(trace: StackTrace | undefined, type: string): StackTrace | undefined {
  if (trace === undefined || trace.outermost.type !== '' || type === '') {
    return trace;
  }
  const outermost = { ...trace.outermost, type };
  const chain = trace.chain.map((exception) => (exception === trace.outermost ? outermost : exception));
  return { ...trace, outermost, root: chain[0] ?? outermost, chain };
}

function unescapeText(text: string): string {
  return text.replace(/\\(n|t|r|"|\\)/g, (_whole, letter: string) => {
    switch (letter) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '';
      default:
        return letter;
    }
  });
}
