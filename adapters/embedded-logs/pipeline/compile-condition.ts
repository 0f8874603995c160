import { compileMatcher, parseDuration } from '@loghunter/engine/logql';
import type { LabelComparison, LabelCondition, LabelMatcher } from '@loghunter/engine/logql';

import { embeddedFailure } from '../embedded-failure.ts';
import { compileAddressTest } from './address-range.ts';
import { failLine, labelOf } from './line-state.ts';
import type { LineState, Stage } from './line-state.ts';
import { parseByteSize, parseGoDuration, parseNumber } from './units.ts';

/** A label filter. Throws `PortError` `rejected` or `LogqlInputError` for an invalid expression, operand or range. */
export function compileCondition(condition: LabelCondition): Stage {
  switch (condition.kind) {
    case 'match':
      return compileMatch(condition.matcher);
    case 'comparison':
      return compileComparison(condition);
    case 'address': {
      const holds = compileAddressTest(condition.range);
      const isWanted = condition.operator === '=';
      return (state) => {
        const value = labelOf(state, condition.name);
        return state.error !== null || (value !== undefined && holds(value) === isWanted);
      };
    }
    case 'and':
    case 'or': {
      const left = compileCondition(condition.left);
      const right = compileCondition(condition.right);
      return condition.kind === 'and' ? (state) => left(state) && right(state) : (state) => left(state) || right(state);
    }
  }
}

/** The labels that a condition tests. */
export function conditionNames(condition: LabelCondition): readonly string[] {
  switch (condition.kind) {
    case 'match':
      return [condition.matcher.name];
    case 'comparison':
    case 'address':
      return [condition.name];
    case 'and':
    case 'or':
      return [...conditionNames(condition.left), ...conditionNames(condition.right)];
  }
}

/** Whether every line passes: in a pipeline, unlike in a selector, Loki 3.7 takes the empty expression for one that any value matches. */
export function isIdleCondition(condition: LabelCondition): boolean {
  return condition.kind === 'match' && condition.matcher.operator === '=~' && isAnything(condition.matcher.value);
}

function isAnything(expression: string): boolean {
  return expression === '' || expression === '.*';
}

function compileMatch(matcher: LabelMatcher): Stage {
  const { name, operator, value } = matcher;
  const matches = compileMatcher(matcher);
  if ((operator === '=~' || operator === '!~') && isAnything(value)) {
    return () => operator === '=~';
  }
  return name === '__error__' ? ({ error }) => matches(error ?? '') : (state) => matches(labelOf(state, name) ?? '');
}

function compileComparison(comparison: LabelComparison): Stage {
  switch (comparison.unit) {
    case 'number':
      return compareWith(comparison, parseNumber(comparison.operand), parseNumber);
    case 'duration':
      return compareWith(comparison, parseDuration(comparison.operand), parseGoDuration);
    case 'bytes':
      return compareWith(comparison, parseByteSize(comparison.operand), parseByteSize);
  }
}

function compareWith<Value extends number | bigint>(
  { name, operator, operand }: LabelComparison,
  limit: Value | null,
  read: (text: string) => Value | null
): Stage {
  if (limit === null) {
    throw embeddedFailure('rejected', `'${operand}' cannot be compared with a label`);
  }
  return function compare(state: LineState) {
    const text = labelOf(state, name);
    if (text === undefined) {
      return false;
    }
    const value = read(text);
    if (value === null) {
      // An earlier error says more.
      if (state.error === null) {
        failLine(state, 'LabelFilterErr', `'${text}' cannot be compared with ${operand}`);
      }
      return true;
    }
    switch (operator) {
      case '==':
        return value === limit;
      case '!=':
        return value !== limit;
      case '>':
        return value > limit;
      case '>=':
        return value >= limit;
      case '<':
        return value < limit;
      case '<=':
        return value <= limit;
    }
  };
}
