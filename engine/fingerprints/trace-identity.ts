import type { LineTokens, TemplatePart } from '../templates/index.ts';
import { chooseFrames } from './choose-frames.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';
import type { StackTrace } from './stack-trace.ts';

/** Type of the template's place that stands for the rest of a trace. */
export const stackTraceVariable = 'stack-trace';

/** How a message is masked: signature for the fingerprint, parts for the template. */
export interface MaskedMessage {
  readonly signature: string;
  readonly parts: readonly TemplatePart[];
  /** Context and tokens behind the signature, for rules; left out when rules do not apply. */
  readonly context?: string;
  readonly tokens?: LineTokens['tokens'];
}

/** What identifies a trace. */
export interface TraceIdentity {
  /** Equal for traces of one bug. */
  readonly key: readonly string[];
  /** Type and topmost frame only: equal for more traces than `key`. */
  readonly coarseKey: readonly string[];
  readonly template: readonly TemplatePart[];
}

/** Returns what identifies a trace. `maskMessage` is only asked when needed. */
export function identifyTrace(
  trace: StackTrace,
  settings: RuntimeCodeSettings,
  maskMessage: (message: string) => MaskedMessage
): TraceIdentity {
  const { root, outermost, language } = trace;
  const { names, isOwn } = chooseFrames(trace, settings);
  const message = maskMessage(outermost.message === '' ? root.message : outermost.message);
  const types = [language, outermost.type, root.type];
  const topName = names[0] ?? '';
  return {
    key: ['trace', ...types, ...names, ...(isOwn ? [] : ['message', message.signature])],
    coarseKey: ['coarse', language, root.type, topName],
    template: templateOf(outermost.type === '' ? root.type : outermost.type, message.parts, topName),
  };
}

/** Tells whether a template is that of a trace; its texts stand on several lines, so no single line holds them all. */
export function hasStackTrace(template: readonly TemplatePart[]): boolean {
  const last = template.at(-1);
  return last?.kind === 'variable' && last.type === stackTraceVariable;
}

function templateOf(type: string, message: readonly TemplatePart[], topName: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  // Go's and the sanitizers' types end in words that their message repeats.
  const head = type === '' || message.length === 0 ? type : `${type.replace(/: .*$/, '')}: `;
  appendText(parts, head);
  for (const part of message) {
    if (part.kind === 'text') {
      appendText(parts, part.text);
    } else {
      parts.push(part);
    }
  }
  appendText(parts, `${parts.length > 0 ? ' ' : ''}at ${topName} `);
  return [...parts, { kind: 'variable', type: stackTraceVariable }];
}

function appendText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1);
  if (text === '') {
    return;
  }
  if (last?.kind === 'text') {
    parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  } else {
    parts.push({ kind: 'text', text });
  }
}
