import { compileExpression } from './compile-expression.ts';
import type { LabelMatcher, LineFilter } from './log-query.ts';

/** Whether a text is a valid RE2 expression of a size that is compiled. */
export function isExpression(expression: string): boolean {
  try {
    compileExpression(expression);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is an expression that the `regexp` stage takes: valid RE2 with a named group at least. */
export function isRegexpParser(expression: string): boolean {
  return isExpression(expression) && Object.keys(compileExpression(expression).namedGroups()).length > 0;
}

const plainText = /^[\w \-:/,;<>=@#%&~"'!]*$/;

/**
 * A test of a label's value; a label that is absent has the value ''. Expressions must match the whole value, and `.` also
 * matches a newline, as in Loki. Throws `LogqlInputError` for an invalid expression.
 */
export function compileMatcher(matcher: LabelMatcher): (value: string) => boolean {
  if (matcher.operator === '=') {
    return (value) => value === matcher.value;
  }
  if (matcher.operator === '!=') {
    return (value) => value !== matcher.value;
  }
  // Prometheus' matchers, which Loki uses for labels, compile `^(?s:expression)$`.
  const expression = compileExpression(`^(?s:${matcher.value})$`);
  const isWanted = matcher.operator === '=~';
  return (value) => expression.test(value) === isWanted;
}

/**
 * A test of a line, as Loki 3.7 does it: one pattern of several joined by `or` is enough, and of several an empty one is as if it
 * were not there (`|= "a" or ""` keeps lines with `a`). Throws `LogqlInputError` for an invalid expression.
 */
export function compileLineFilter(filter: LineFilter): (line: string) => boolean {
  const isWanted = filter.operator === '|=' || filter.operator === '|~';
  const isExpressionFilter = filter.operator === '|~' || filter.operator === '!~';
  const demanding = filter.patterns.filter((pattern) => pattern !== '' && !(isExpressionFilter && pattern === '.*'));
  if (demanding.length < filter.patterns.length && (!isWanted || demanding.length === 0)) {
    return () => isWanted;
  }
  const tests = demanding.map((pattern): ((line: string) => boolean) => {
    if (!isExpressionFilter || plainText.test(pattern)) {
      return (line) => line.includes(pattern);
    }
    const expression = compileExpression(pattern);
    return (line) => expression.test(line);
  });
  return (line) => tests.some((test) => test(line)) === isWanted;
}
