/** Severity of a line, event or cluster (OpenTelemetry's short names, plus `unknown`). */
export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'unknown';

/** All levels, most severe first; `unknown` last, because nothing is known to be wrong. */
export const levelsBySeverity: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'];
