import type { Tree } from '@lezer/common';

import { Refused } from './refused.ts';

// What is not named here is refused: names in quotes, arithmetic on durations, experimental modifiers, and whatever the grammar learns later.
const allowedNodes: ReadonlySet<string> = new Set(
  (
    'PromQL LineComment AggregateExpr AggregateOp Avg Bottomk Count CountValues Group Max Min Quantile Stddev Stdvar Sum Topk ' +
    'AggregateModifier By Without GroupingLabels LabelName BinaryExpr Pow Mul Div Mod Atan2 Add Sub Eql Gte Gtr Lte Lss Neq And Unless ' +
    'Or BoolModifier Bool MatchingModifierClause Ignoring On GroupLeft GroupRight FunctionCall FunctionIdentifier FunctionCallBody ' +
    'ParenExpr OffsetExpr Offset OffsetDurationExpr DurationExpr MatrixSelector SubqueryExpr UnaryExpr UnaryOp VectorSelector ' +
    'Identifier LabelMatchers UnquotedLabelMatcher MatchOp EqlSingle EqlRegex NeqRegex StringLiteral StepInvariantExpr At ' +
    'AtModifierPreprocessors AtStart AtEnd NumberDurationLiteral NumberDurationLiteralInDurationContext'
  ).split(' ')
);

// `info` is missing on purpose: it reads `target_info` without a selector of its own, so no matcher can be forced on it.
const allowedFunctions: ReadonlySet<string> = new Set(
  (
    'abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos cosh ' +
    'count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv exp first_over_time floor histogram_avg ' +
    'histogram_count histogram_fraction histogram_quantile histogram_stddev histogram_stdvar histogram_sum holt_winters hour idelta ' +
    'increase irate label_join label_replace last_over_time ln log10 log2 max_over_time min_over_time minute month pi predict_linear ' +
    'present_over_time quantile_over_time rad rate resets round scalar sgn sin sinh sort sort_desc sqrt stddev_over_time ' +
    'stdvar_over_time sum_over_time tan tanh time timestamp vector year'
  ).split(' ')
);

// Queries of people nest less than ten deep; each level of an expression is two or three nodes.
const maxDepth = 200;

/** Throws `Refused` at the first error of the grammar, the first node or function that is not allowed, or where the nesting gets too deep. */
export function requireAllowedNodes(text: string, tree: Tree): void {
  let depth = 0;
  tree.iterate({
    enter({ name, type, from, to }) {
      depth += 1;
      if (type.isError) {
        throw new Refused('invalid', describeError(text, from), from);
      }
      if (depth > maxDepth) {
        throw new Refused('not-supported', `nesting deeper than ${maxDepth} levels`, from);
      }
      if (!allowedNodes.has(name)) {
        throw new Refused('not-supported', `'${text.slice(from, to).slice(0, 40)}' (${name})`, from);
      }
      if (name === 'FunctionIdentifier') {
        requireAllowedFunction(text.slice(from, to), from);
        depth -= 1;
        return false;
      }
      return true;
    },
    leave({ name }) {
      depth -= name === 'FunctionIdentifier' ? 0 : 1;
    },
  });
}

function requireAllowedFunction(name: string, position: number): void {
  if (!allowedFunctions.has(name)) {
    throw new Refused('not-supported', `function ${name}`, position);
  }
}

function describeError(text: string, position: number): string {
  const rest = text.slice(position).trimStart();
  return rest === '' ? 'the query ends too early' : `cannot read the query from '${rest.slice(0, 20)}' on`;
}
