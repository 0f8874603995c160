import { analyzeLine } from '../templates/index.ts';
import type { LineSpan, PeeledFields } from '../templates/index.ts';
import { explainTrace } from './explain-trace.ts';
import type { TraceExplanation } from './explain-trace.ts';
import type { EventIdentity } from './event-identity.ts';
import { createFingerprinter } from './fingerprinter.ts';
import { identifiedText, readEvent } from './read-event.ts';
import { defaultRuntimeCode } from './runtime-code.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';

/** A stretch of a line with its text. */
export interface ExplainedToken {
  readonly text: string;
  /** Type of a masked or peeled stretch; empty when kept. */
  readonly type: string;
}

/** Why an event is where it is, before any rule: what the fingerprint is made of. */
export interface EventExplanation {
  readonly identity: EventIdentity;
  /** What `spans` and tokens are of: the line that decides, without private text where the masks would leave some of it. */
  readonly line: string;
  /** Whether private text was taken out of `line` before it was looked at. */
  readonly isRedacted: boolean;
  /** Equal for all lines that differ in variables and header only; of a trace, that of its message. */
  readonly signature: string;
  /** Header fields that take no part. */
  readonly fields: PeeledFields;
  /** Tiles `line` from 0 to its length; of a trace, its first line. */
  readonly spans: readonly LineSpan[];
  readonly peeled: readonly ExplainedToken[];
  readonly kept: readonly ExplainedToken[];
  readonly masked: readonly ExplainedToken[];
  /** Frames with their part in the fingerprint; null when the event has no stack trace. */
  readonly trace: TraceExplanation | null;
}

/**
 * Explains the identity of an event; takes time linear in its text.
 * @example explainEvent('took 17 ms').masked // [{ text: '17 ms', type: 'quantity' }]
 */
export function explainEvent(text: string, settings: RuntimeCodeSettings = defaultRuntimeCode): EventExplanation {
  const identified = identifiedText(text);
  const subject = readEvent(identified);
  const line = subject.kind === 'line' ? subject.line : firstLineOf(identified);
  const { signature, spans, fields } = analyzeLine(line);
  return {
    identity: createFingerprinter({ runtimeCode: settings }).identify({ text }),
    line,
    isRedacted: identified !== text,
    signature: subject.kind === 'line' ? signature : messageSignatureOf(subject.trace.outermost.message),
    fields,
    spans,
    peeled: tokensOf(line, spans, 'peeled'),
    kept: tokensOf(line, spans, 'kept'),
    masked: tokensOf(line, spans, 'masked'),
    trace: subject.kind === 'line' ? null : explainTrace(subject.trace, settings),
  };
}

function messageSignatureOf(message: string): string {
  return message === '' ? '' : analyzeLine(message).signature;
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function tokensOf(line: string, spans: readonly LineSpan[], kind: LineSpan['kind']): readonly ExplainedToken[] {
  return spans
    .filter((span) => span.kind === kind)
    .map((span) => ({ text: line.slice(span.start, span.end).trim(), type: span.type }))
    .filter((token) => token.text !== '');
}
