export { clusteredText, mayBePrivate } from './clustered-text.ts';
export { RedactionRuleError } from './errors.ts';
export { createPseudonymizer, restore, splitAtPseudonyms } from './pseudonymizer.ts';
export type { PseudonymMapping, Pseudonymizer } from './pseudonymizer.ts';
export { createRedactor, firstEntryState, redact, redactionRules, redactWithReport } from './redact.ts';
export type { EntryState, RedactionReport, Redactor, RedactorOptions } from './redact.ts';
export type { RedactionRule } from './rule.ts';
export { checkTenantRule, maxTenantRuleCount, previewRule } from './tenant-rule.ts';
export type { PreviewedLine, TenantRule, TenantRuleCheck } from './tenant-rule.ts';
