import type { PreviewRedactionRuleResponse, RequestOf } from '@loghunter/contracts';
import { guardQuery } from '@loghunter/engine/logql';
import { previewRule } from '@loghunter/engine/redaction';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';
import { forcedMatchersOf, queryLimits } from '../queries/query-policy.ts';
import type { RedactionFeature } from './redaction-feature.ts';
import { requireUsable } from './redaction-rules.ts';
import { createTextRedactor } from './stored-text-redaction.ts';

const defaultLineCount = 500;
const maxExamples = 50;
/** As much of a line as a preview looks at. */
const shownLength = 8192;
// Templates of lines would show what Loki makes of them, not what is stored, and may be made to grow without bound.
const refusedStages = new Set(['line_format', 'label_format'] as const);

/** Tries a rule on the newest lines of a query; nothing is kept. */
export async function previewRedactionRule(
  feature: RedactionFeature,
  request: RequestOf<'previewRedactionRule'>,
  context: CallContext
): Promise<PreviewRedactionRuleResponse> {
  const { rule } = request;
  requireUsable(rule, 'body.rule');
  const range = readTimeRange(request, feature.clock.nowMs());
  const forced = forcedMatchersOf(feature, []);
  const guarded = guardQuery(request.query, { ...queryLimits, forced, allowsMetrics: false, refusedStages });
  if (guarded.kind === 'refused') {
    const errors = guarded.refusals.map(({ message }) => ({ path: 'body.query', message }));
    throw new ProblemError('query-rejected', errors.map(({ message }) => message).join('; '), { errors });
  }
  const entries = await feature.logs.findEntries({
    query: guarded.text,
    ...toNanosecondRange(range),
    direction: 'newest-first',
    limit: request.lines ?? defaultLineCount,
    signal: context.signal,
  });
  const known = await feature.redactionStore.listRules(feature.tenantId);
  const redactor = createTextRedactor([...known.filter(({ name }) => name !== rule.name), rule]);
  const lines = entries.map(({ line }) => line.slice(0, shownLength));
  const matched = previewRule(rule, lines);
  return {
    lineCount: lines.length,
    matchedLineCount: matched.length,
    examples: matched.slice(0, maxExamples).map(({ lineIndex, ranges }) => {
      const text = lines[lineIndex] ?? '';
      return { text, redacted: redactor.sample(text), ranges: ranges.map((found) => ({ ...found })) };
    }),
    query: guarded.text,
  };
}
