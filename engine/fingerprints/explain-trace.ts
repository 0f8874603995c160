import { chooseFrames, raiseEndOf } from './choose-frames.ts';
import { findRuntimeMark, qualifiedName } from './runtime-code.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';
import type { StackFrame, StackTrace, TraceLanguage } from './stack-trace.ts';

/**
 * Why a frame does or does not take part: `application`: own code; `runtime`: its name or path is that of a runtime,
 * library or framework; `raising`: stands above the place where the error was raised; `nameless`: has no function name.
 */
export type FrameReason = 'application' | 'runtime' | 'raising' | 'nameless';

/** One frame with its part in the fingerprint. */
export interface ExplainedFrame {
  /** Module and function. */
  readonly name: string;
  /** Path of the file, as written; may be empty. */
  readonly path: string;
  readonly reason: FrameReason;
  /** Beginning of the name or part of the path that made it `runtime`; empty otherwise. */
  readonly mark: string;
  /** Whether the fingerprint is made of it. */
  readonly isUsed: boolean;
}

/** One exception of a trace, root cause first. */
export interface ExplainedException {
  readonly type: string;
  readonly message: string;
  readonly frames: readonly ExplainedFrame[];
}

/** What of a trace makes its fingerprint. */
export interface TraceExplanation {
  readonly language: TraceLanguage;
  readonly exceptions: readonly ExplainedException[];
  /** Whether the message counts as well, because no frame is the application's. */
  readonly usesMessage: boolean;
}

/** Explains which frames of a trace its fingerprint is made of, and why. */
export function explainTrace(trace: StackTrace, settings: RuntimeCodeSettings): TraceExplanation {
  const chosen = chooseFrames(trace, settings);
  const exceptions = trace.chain.map((exception) => {
    const unused = new Set(exception === chosen.exception ? chosen.names : []);
    const raiseEnd = raiseEndOf(exception.frames);
    const frames = exception.frames.map((frame, index) => {
      const { reason, mark } = reasonOf(frame, index < raiseEnd, settings);
      const mayBeUsed = chosen.isOwn ? reason === 'application' : reason !== 'nameless';
      return {
        name: qualifiedName(frame),
        path: frame.path,
        reason,
        mark,
        isUsed: mayBeUsed && unused.delete(qualifiedName(frame)),
      };
    });
    return { type: exception.type, message: exception.message, frames };
  });
  return { language: trace.language, exceptions, usesMessage: !chosen.isOwn };
}

function reasonOf(
  frame: StackFrame,
  isRaising: boolean,
  settings: RuntimeCodeSettings
): { readonly reason: FrameReason; readonly mark: string } {
  if (isRaising) {
    return { reason: 'raising', mark: '' };
  }
  if (qualifiedName(frame) === '') {
    return { reason: 'nameless', mark: '' };
  }
  const mark = findRuntimeMark(frame, settings);
  return mark === undefined ? { reason: 'application', mark: '' } : { reason: 'runtime', mark };
}
