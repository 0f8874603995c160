import type { PipelineStage } from '@loghunter/engine/logql';

const lineFilters: ReadonlySet<string> = new Set(['line-filter', 'pattern-filter', 'address-filter']);

/**
 * The stages in the order in which Loki 3.7 runs them: line filters move forward, up to the last stage that changes the line
 * (`line_format`, `unpack`, but not `decolorize`) or filters on a label.
 */
export function orderStages(stages: readonly PipelineStage[]): readonly PipelineStage[] {
  const ordered: PipelineStage[] = [];
  let filters: PipelineStage[] = [];
  let others: PipelineStage[] = [];
  function flush(): void {
    ordered.push(...filters, ...others);
    filters = [];
    others = [];
  }
  for (const stage of stages) {
    if (lineFilters.has(stage.kind)) {
      filters.push(stage);
    } else if (stage.kind === 'label-filter') {
      flush();
      ordered.push(stage);
    } else {
      others.push(stage);
      if (stage.kind === 'line_format' || stage.kind === 'unpack') {
        flush();
      }
    }
  }
  flush();
  return ordered;
}
