export { guardPromql } from './guard-promql.ts';
export type { GuardedPromql, PromqlPolicy, PromqlRefusal } from './guard-promql.ts';
