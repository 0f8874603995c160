import { RE2JS } from 're2js';
import { LogqlInputError } from './errors.ts';
import { expandedSizeOf } from './expression-size.ts';

/**
 * How much larger than its text an expression, and all texts of a query together, may become, in instructions with all repetitions written out.
 * How long they are is bounded where people write them; our own name the values of labels, which may be many. RE2JS takes some
 * 50 ms and 50 MB for the worst that is left. A bound of our own: Loki has one too, but so far above that a query of 8192
 * characters could take seconds and gigabytes here. `.{0,1000}` has 2000.
 */
export const maxExpressionSize = 10_000;

/** Said of an expression, or of a query, that is larger. */
export const tooLargeMessage = `becomes too large with its repetitions written out; repeat fewer times`;

/**
 * Compiles an expression that somebody wrote; every one goes through here. Perl flags and no options are what Loki compiles
 * label and line expressions with, and RE2's default too.
 * @param flags of RE2JS
 * @throws LogqlInputError for one that is invalid, or larger than {@link maxExpressionSize}
 */
export function compileExpression(expression: string, flags = 0): RE2JS {
  if (expandedSizeOf(expression, (flags & RE2JS.CASE_INSENSITIVE) !== 0) > maxExpressionSize + expression.length) {
    throw new LogqlInputError(`the expression '${expression.slice(0, 40)}…' ${tooLargeMessage}`);
  }
  try {
    return RE2JS.compile(expression, flags);
  } catch (error) {
    throw new LogqlInputError(
      `'${expression}' is no RE2 expression: ${error instanceof Error ? error.message : String(error)}`
    );
  }
}
