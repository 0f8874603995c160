export { lineHashOf } from './line-hash.ts';
export type { CallDelay, ServiceCalls } from './call-delays.ts';
export type { CaseLine, CaseLoad, CaseSpan, CaseWindow, IncidentCase } from './incident-case.ts';
export type { OrderChange } from './order-changes.ts';
export { rankSuspects } from './rank-suspects.ts';
export type { Finding, Suspect, Suspicion } from './rank-suspects.ts';
