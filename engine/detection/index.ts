export { CountDetector } from './count-detector.ts';
export type { MinuteCounts, Verdict } from './count-detector.ts';
export type { Deviation, DeviationKind, Severity } from './severity.ts';
export { ValueDetector } from './value-detector.ts';
