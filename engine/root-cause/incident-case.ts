/** A log line of a case. */
export interface CaseLine {
  /** Milliseconds, with fractions, since any moment that the whole case shares. */
  readonly atMs: number;
  readonly service: string;
  /** Empty when the line names none. */
  readonly traceId: string;
  readonly spanId: string;
  readonly text: string;
  /** Names what the line says, equal for equal statements; absent: found out from the text. */
  readonly stepKey?: string;
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

/** What is known of one window of time. Lines and spans are in order of time; an empty list means that there are none. */
export interface CaseWindow {
  readonly lines: readonly CaseLine[];
  readonly spans: readonly CaseSpan[];
  readonly loads: readonly CaseLoad[];
}

/** What is compared: the time of the incident with a time that was fine. */
export interface IncidentCase {
  readonly baseline: CaseWindow;
  readonly incident: CaseWindow;
}
