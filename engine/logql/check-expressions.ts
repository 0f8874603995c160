import { LogqlInputError } from './errors.ts';
import type { LabelCondition, LogQuery, PipelineStage } from './log-query.ts';
import { compileLineFilter, compileMatcher, isRegexpParser } from './match-text.ts';

/** Why a log query cannot run although it is written well. */
export interface QueryFault {
  readonly reason: 'matches-everything' | 'invalid-expression';
  /** One sentence for a person. */
  readonly message: string;
}

/** Looks into the texts of a log query: RE2 expressions must compile, one matcher at least must not match an absent label. */
export function faultsOf(query: LogQuery, conditions: readonly LabelCondition[]): readonly QueryFault[] {
  const faults: QueryFault[] = [];
  try {
    // Compiling all expressions finds the invalid ones before Loki does.
    query.stages.forEach(compileStage);
    conditions.forEach(compileCondition);
    if (!query.matchers.map(compileMatcher).some((matches) => !matches(''))) {
      const message = 'the selector needs a matcher that does not match an absent label';
      faults.push({ reason: 'matches-everything', message });
    }
  } catch (error) {
    if (!(error instanceof LogqlInputError)) {
      throw error;
    }
    faults.push({ reason: 'invalid-expression', message: error.message });
  }
  return faults;
}

function compileStage(stage: PipelineStage): void {
  switch (stage.kind) {
    case 'line-filter':
      compileLineFilter(stage);
      return;
    case 'label-filter':
      compileCondition(stage.condition);
      return;
    case 'regexp':
      if (!isRegexpParser(stage.expression)) {
        throw new LogqlInputError(`'${stage.expression}' is no RE2 expression with named groups`);
      }
      return;
    case 'drop':
    case 'keep':
      for (const choice of stage.labels) {
        if (choice.kind === 'match') {
          compileMatcher(choice.matcher);
        }
      }
      return;
    default:
  }
}

function compileCondition(condition: LabelCondition): void {
  if (condition.kind === 'match') {
    compileMatcher(condition.matcher);
  } else if (condition.kind === 'and' || condition.kind === 'or') {
    compileCondition(condition.left);
    compileCondition(condition.right);
  }
}
