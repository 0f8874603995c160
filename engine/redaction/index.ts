export { redact, redactionRules, redactWithReport } from './redact.ts';
export type { RedactionReport } from './redact.ts';
export type { RedactionRule } from './rule.ts';
