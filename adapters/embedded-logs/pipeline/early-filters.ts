import type { LabelCondition, PipelineStage } from '@loghunter/engine/logql';

import { compileCondition, conditionNames, isIdleCondition } from './compile-condition.ts';
import { rejectInvalid } from './compile-pipeline.ts';
import type { Stage } from './line-state.ts';

/**
 * The filters that parsers ask as soon as they have found a label: those that test one label alone and are not joined by `and` or `or`, of
 * several on one label the first. Loki does so even when a later stage would have changed the label.
 */
export function earlyFilters(
  stages: readonly PipelineStage[],
  conditions: readonly LabelCondition[]
): ReadonlyMap<string, Stage> {
  const candidates = stages.flatMap((stage) => (stage.kind === 'label-filter' ? [stage.condition] : []));
  // Several filters after `unwrap` are one joined filter to Loki.
  const all = conditions.length === 1 ? [...candidates, ...conditions] : candidates;
  const filters = new Map<string, Stage>();
  for (const condition of all) {
    const [name] = conditionNames(condition);
    if (name !== undefined && condition.kind !== 'and' && condition.kind !== 'or' && !isIdleCondition(condition)) {
      filters.set(name, filters.get(name) ?? rejectInvalid(() => compileCondition(condition)));
    }
  }
  return filters;
}
