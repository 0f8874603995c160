export { clusterIdOf } from './cluster-id.ts';
export type { ClusterIdentity } from './cluster-id.ts';
export { createFingerprinter } from './fingerprinter.ts';
export type { EventIdentity, Fingerprinter, FingerprinterOptions } from './fingerprinter.ts';
export { defaultRuntimeCode } from './runtime-code.ts';
export type { RuntimeCodeSettings } from './runtime-code.ts';
export type { StackFrame, TraceLanguage } from './stack-trace.ts';
export { hasStackTrace, stackTraceVariable } from './trace-identity.ts';
export { algorithmVersion } from './version.ts';
