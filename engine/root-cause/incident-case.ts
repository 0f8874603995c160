/** A log line of a case. */
export interface CaseLine {
  /** Milliseconds since 1970, with fractions. */
  readonly atMs: number;
  readonly service: string;
  /** Empty when the line names none. */
  readonly traceId: string;
  readonly spanId: string;
  readonly text: string;
}

/** A span of a trace. */
export interface CaseSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentId: string;
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A service's share of processor time at a moment, in percent of what it may use. */
export interface CaseLoad {
  readonly service: string;
  /** Absent: not known. */
  readonly atMs?: number;
  readonly percent: number;
}
