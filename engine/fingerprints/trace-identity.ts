import type { TemplatePart } from '../templates/index.ts';
import { isInApp, qualifiedName } from './runtime-code.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';
import type { StackFrame, StackTrace, TraceLanguage } from './stack-trace.ts';

// Between Sentry's "all in-app frames" and Datadog's single one: enough to tell callers of one function apart, few
// enough that a deeper call stack of the same bug is the same.
const inAppFrameCount = 6;
const systemFrameCount = 3;

/** Functions through which a program arrives at its handlers. */
const raisingFunctions: Partial<Record<TraceLanguage, readonly string[]>> = {
  go: ['panic', 'gopanic', 'sigpanic'],
  c: ['abort', 'raise', 'gsignal', '__assert_fail', '__restore_rt'],
};

/** Type of the template's place that stands for the rest of a trace. */
export const stackTraceVariable = 'stack-trace';

/** How a message is masked: signature for the fingerprint, parts for the template. */
export interface MaskedMessage {
  readonly signature: string;
  readonly parts: readonly TemplatePart[];
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
  const own = ownNames(trace, settings);
  const message = maskMessage(outermost.message === '' ? root.message : outermost.message);
  const isOwn = own.length > 0;
  const names = isOwn ? own.slice(0, inAppFrameCount) : systemNames(trace).slice(0, systemFrameCount);
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

// A root cause thrown by a library, whose caller's frames are cut ("... 15 more"), is placed by the exception around it.
function ownNames(trace: StackTrace, settings: RuntimeCodeSettings): readonly string[] {
  for (const exception of trace.chain) {
    const names = distinctNames(framesBelowRaise(exception.frames).filter((frame) => isInApp(frame, settings)));
    if (names.length > 0) {
      return names;
    }
  }
  return [];
}

// What a runtime calls once something is wrong (deferred functions, signal handlers) stands above the place of the bug.
function framesBelowRaise(frames: readonly StackFrame[]): readonly StackFrame[] {
  const place = frames.findLastIndex((frame) => raisingFunctions[frame.language]?.includes(frame.name) === true);
  return frames.slice(place + 1);
}

function systemNames(trace: StackTrace): readonly string[] {
  return distinctNames(trace.chain.find((exception) => exception.frames.length > 0)?.frames ?? []);
}

// Recursion, also through several functions, counts once: each name stands where it was first met.
function distinctNames(frames: readonly StackFrame[]): string[] {
  return [...new Set(frames.map(qualifiedName))].filter((name) => name !== '');
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
