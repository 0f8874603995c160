import { compileExpression } from '@loghunter/engine/logql';
import type { RE2JS } from 're2js';

import { embeddedFailure } from '../embedded-failure.ts';
import { sanitizeName } from './label-text.ts';
import { isTaken, setParsed } from './line-state.ts';
import type { Stage } from './line-state.ts';
import { isWanted, passesFilter } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';

/** The `regexp` stage: a label for each named group of an RE2 expression that is found in the line. */
export function compileRegexp(expression: string, hints: ParserHints): Stage {
  const pattern = compileNamed(expression);
  const groups = Object.entries(pattern.namedGroups()).sort(([, a], [, b]) => a - b);
  return function parseRegexp(state) {
    const found = pattern.matcher(state.line);
    if (!found.find()) {
      return true;
    }
    for (const [group, index] of groups) {
      const ownName = sanitizeName(group);
      const name = isTaken(state, ownName) ? `${ownName}_extracted` : ownName;
      if (!isWanted(hints, state, name)) {
        continue;
      }
      setParsed(state, name, found.group(index) ?? '');
      if (!passesFilter(hints, state, name)) {
        return false;
      }
    }
    return true;
  };
}

function compileNamed(expression: string): RE2JS {
  try {
    const pattern = compileExpression(expression);
    if (Object.keys(pattern.namedGroups()).length > 0) {
      return pattern;
    }
  } catch (error) {
    throw embeddedFailure('rejected', `'${expression}' is no RE2 expression`, error);
  }
  throw embeddedFailure('rejected', 'at least one named capture must be supplied');
}
