/** Languages whose traces are understood; C++ and sanitizer reports count as `c`. */
export type TraceLanguage = 'jvm' | 'javascript' | 'python' | 'go' | 'dotnet' | 'ruby' | 'php' | 'rust' | 'c';

/** One call of a trace, without line numbers, addresses and the numbers of generated code. */
export interface StackFrame {
  readonly language: TraceLanguage;
  /** Class, package or the file's name; may be empty. */
  readonly module: string;
  /** Function or method; empty when it has no name. */
  readonly name: string;
  /** File path as written; empty when the trace gives none. */
  readonly path: string;
}

/** One exception of a chain. */
export interface TraceException {
  /** Such as `java.lang.IllegalStateException`; empty when the trace does not say. */
  readonly type: string;
  /** First line of the message, as written. */
  readonly message: string;
  /** Innermost call first. */
  readonly frames: readonly StackFrame[];
}

/** A parsed trace. */
export interface StackTrace {
  readonly language: TraceLanguage;
  /** What was thrown last and seen by the logger. */
  readonly outermost: TraceException;
  /** The cause of all; the same object as `outermost` when there is no chain. */
  readonly root: TraceException;
  /** The whole chain from `root` to `outermost`, at least one. */
  readonly chain: readonly TraceException[];
}
