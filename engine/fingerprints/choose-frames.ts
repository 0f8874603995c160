import { isInApp, qualifiedName } from './runtime-code.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';
import type { StackFrame, StackTrace, TraceException, TraceLanguage } from './stack-trace.ts';

// Between Sentry's "all in-app frames" and Datadog's single one: enough to tell callers of one function apart, few
// enough that a deeper call stack of the same bug is the same.
const inAppFrameCount = 6;
const systemFrameCount = 3;

/** Functions through which a program arrives at its handlers. */
const raisingFunctions: Partial<Record<TraceLanguage, readonly string[]>> = {
  go: ['panic', 'gopanic', 'sigpanic'],
  c: ['abort', 'raise', 'gsignal', '__assert_fail', '__restore_rt'],
};

/** The frames that identify a trace. */
export interface ChosenFrames {
  /** Qualified names, innermost first: at most 6 of the application, or 3 when none is the application's. */
  readonly names: readonly string[];
  /** Whether they are the application's own; otherwise the message identifies as well. */
  readonly isOwn: boolean;
  /** Where they stand; undefined when no exception has frames. */
  readonly exception: TraceException | undefined;
}

/** Chooses the frames that identify a trace. */
export function chooseFrames(trace: StackTrace, settings: RuntimeCodeSettings): ChosenFrames {
  // A root cause thrown by a library, whose caller's frames are cut ("... 15 more"), is placed by the exception around it.
  for (const exception of trace.chain) {
    const own = exception.frames.slice(raiseEndOf(exception.frames)).filter((frame) => isInApp(frame, settings));
    const names = distinctNames(own);
    if (names.length > 0) {
      return { names: names.slice(0, inAppFrameCount), isOwn: true, exception };
    }
  }
  const exception = trace.chain.find(({ frames }) => frames.length > 0);
  return { names: distinctNames(exception?.frames ?? []).slice(0, systemFrameCount), isOwn: false, exception };
}

/** Place of the first frame below those that a runtime calls once something is wrong (deferred functions, signal handlers), which stand above the place of the bug. */
export function raiseEndOf(frames: readonly StackFrame[]): number {
  return frames.findLastIndex((frame) => raisingFunctions[frame.language]?.includes(frame.name) === true) + 1;
}

// Recursion, also through several functions, counts once: each name stands where it was first met.
function distinctNames(frames: readonly StackFrame[]): string[] {
  return [...new Set(frames.map(qualifiedName))].filter((name) => name !== '');
}
