export { idOfKey } from './cluster-key.ts';
export type { ClusterKey } from './cluster-key.ts';
export { checkUserRule } from './check-user-rule.ts';
export type { RuleFault } from './check-user-rule.ts';
export type { SplitPart } from './split-rules.ts';
export { maxMergedCount, maxTitleLength, maxUserRuleCount, toUserRule } from './user-rule.ts';
export type { StoredUserRule, UserRule, UserRuleOf } from './user-rule.ts';
export { UserRules } from './user-rules.ts';
export type { RuledKey, UserRulesOptions } from './user-rules.ts';
