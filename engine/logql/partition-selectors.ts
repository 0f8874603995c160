import { matcher, selector } from './build-query.ts';
import { isQueryableLabelName } from './label-names.ts';
import type { LogQuery } from './log-query.ts';

/**
 * Disjoint stream selectors that together cover every stream that has at least one of the labels:
 * `{a=~".+"}`, `{a="", b=~".+"}`, `{a="", b="", c=~".+"}` and so on, in the order of the names given.
 * Names that LogQL cannot write are left out and returned apart; a stream with only such labels is not covered.
 */
export function partitionSelectors(labelNames: readonly string[]): {
  readonly selectors: readonly LogQuery[];
  readonly unqueryableNames: readonly string[];
} {
  const names = [...new Set(labelNames)];
  const queryable = names.filter(isQueryableLabelName);
  const selectors = queryable.map((name, index) =>
    selector(...queryable.slice(0, index).map((earlier) => matcher(earlier, '=', '')), matcher(name, '=~', '.+'))
  );
  return { selectors, unqueryableNames: names.filter((name) => !isQueryableLabelName(name)) };
}
