import { mayBePrivate, redact } from '../redaction/index.ts';
import { findEmbeddedTrace, mayHoldTrace } from './embedded-trace.ts';
import { parseTrace } from './parse-trace.ts';
import type { StackTrace } from './stack-trace.ts';

/** What identifies an event: its trace, or one of its lines. */
export type EventSubject =
  | { readonly kind: 'stack-trace'; readonly trace: StackTrace }
  /** `isWhole`: the line is all that the event holds, and no trace was looked for. */
  | { readonly kind: 'line'; readonly line: string; readonly isWhole: boolean };

/** The text as it is identified: without what the masks would leave of private values. */
export function identifiedText(text: string): string {
  return mayBePrivate(text) ? redact(text) : text;
}

/** Reads an event's identified text in time linear in its length. */
export function readEvent(text: string): EventSubject {
  const isOneLine = !text.includes('\n');
  if (isOneLine && !mayHoldTrace(text)) {
    return { kind: 'line', line: text, isWhole: true };
  }
  const trace = isOneLine ? findEmbeddedTrace(text) : (parseTrace(text) ?? findEmbeddedTrace(text));
  return trace === undefined
    ? { kind: 'line', line: isOneLine ? text : headOf(text), isWhole: false }
    : { kind: 'stack-trace', trace };
}

// Events of several lines that are no traces: lists, banners, printed objects. Their first line that says something names
// them; later lines vary in number.
function headOf(text: string): string {
  const lines = text.split('\n', 20);
  return lines.find((line) => /[A-Za-z]{2}/.test(line)) ?? lines[0] ?? '';
}
