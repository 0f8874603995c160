export { decide } from './decide.ts';
export type { DecisionFacts, WorkDecision } from './decide.ts';
export { freshMs, observe } from './observe.ts';
export type { ObservationFacts, Observed } from './observe.ts';
export { takeOver } from './take-over.ts';
export type { IgnoredUntil, Work, WorkFigures, WorkReason, WorkState } from './work.ts';
