import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { lineFilter, matcher, parseQuery, printQuery, rangeAggregation, selector, sum, withStages } from './index.ts';
import type { LabelComparison, LabelCondition, LabelMatcher, LogQuery, MetricQuery, PipelineStage } from './index.ts';

// Pieces that end strings, open comments or start constructs in LogQL, Go or Loki's templates, mixed with text of any characters.
const hostilePiece = fc.constantFrom(
  '"',
  '`',
  "'",
  '\\',
  '\n',
  '\r',
  '\t',
  '\0',
  '{',
  '}',
  '(',
  ')',
  '[5m]',
  '|',
  '|=',
  ' or ',
  '# x',
  '//',
  '{{.x}}',
  '\\"',
  '\\x',
  '$1',
  '\u2028'
);
const hostileText = fc
  .array(fc.oneof(hostilePiece, fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 6 })), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join('').toWellFormed());

const labelName = fc.constantFrom('app', 'namespace', 'level', 'ip', 'sum', 'rate', '_x1', 'A');
const matchOperator = fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const);
const labelMatcher: fc.Arbitrary<LabelMatcher> = fc
  .tuple(labelName, matchOperator, hostileText)
  .map(([name, operator, value]) => matcher(name, operator, value));

const comparison = fc
  .record({
    kind: fc.constant('comparison' as const),
    name: labelName,
    operator: fc.constantFrom('==' as const, '!=' as const, '>' as const, '>=' as const, '<' as const, '<=' as const),
    measure: fc.constantFrom<readonly [LabelComparison['unit'], string]>(
      ['number', '5'],
      ['number', '1.5'],
      ['duration', '10ms'],
      ['bytes', '20KB']
    ),
  })
  .map(({ measure: [unit, operand], ...rest }): LabelCondition => ({ ...rest, unit, operand }));

const condition: fc.Arbitrary<LabelCondition> = fc.letrec<{ condition: LabelCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    labelMatcher.map((item): LabelCondition => ({ kind: 'match', matcher: item })),
    comparison,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('condition'), right: tie('condition') })
  ),
})).condition;

const extractions = fc.array(fc.record({ name: labelName, expression: hostileText }), { maxLength: 2 });

const stage: fc.Arbitrary<PipelineStage> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('|=' as const, '!=' as const, '|~' as const, '!~' as const),
      fc.array(hostileText, { minLength: 1, maxLength: 3 })
    )
    .map(([operator, patterns]) => lineFilter(operator, ...patterns)),
  fc.record({ kind: fc.constant('json' as const), extractions }),
  fc.record({ kind: fc.constant('logfmt' as const), isStrict: fc.boolean(), keepsEmpty: fc.boolean(), extractions }),
  fc.record({ kind: fc.constantFrom('pattern' as const, 'regexp' as const), expression: hostileText }),
  fc.constant({ kind: 'unpack' } as const),
  condition.map((item): PipelineStage => ({ kind: 'label-filter', condition: item }))
);

const logQuery: fc.Arbitrary<LogQuery> = fc
  .tuple(fc.array(labelMatcher, { minLength: 1, maxLength: 3 }), fc.array(stage, { maxLength: 4 }))
  .map(([matchers, stages]) => withStages(selector(...matchers), ...stages));

const metricQuery: fc.Arbitrary<MetricQuery> = fc
  .record({
    operation: fc.constantFrom(
      'count_over_time' as const,
      'rate' as const,
      'bytes_over_time' as const,
      'bytes_rate' as const
    ),
    query: logQuery,
    rangeMs: fc.bigInt({ min: 1n, max: 10_000_000n }),
    offsetNs: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    grouping: fc.option(
      fc.record({ mode: fc.constantFrom('by' as const, 'without' as const), labelNames: fc.uniqueArray(labelName) })
    ),
    isSummed: fc.boolean(),
  })
  .map(({ operation, query, rangeMs, offsetNs, grouping, isSummed }) => {
    const inner = rangeAggregation(operation, query, rangeMs * 1_000_000n, offsetNs);
    return isSummed ? sum(inner, grouping) : inner;
  });

const runCount = 20_000;

describe('printing and parsing', () => {
  test('a hostile value comes back unchanged and alone', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const query = withStages(selector(matcher('app', '=', value)), lineFilter('|=', value));
        expect(parseQuery(printQuery(query))).toEqual({ kind: 'query', query });
      }),
      { numRuns: runCount }
    );
  });

  test('any query comes back as the same tree', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(logQuery, metricQuery), (query) => {
        expect(parseQuery(printQuery(query))).toEqual({ kind: 'query', query });
      }),
      { numRuns: runCount / 10 }
    );
  });

  test('any text is parsed or refused, never thrown at', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          hostileText.map((text) => `{app="x"} ${text}`)
        ),
        (text) => {
          expect(['query', 'invalid', 'not-supported']).toContain(parseQuery(text).kind);
        }
      ),
      { numRuns: runCount / 10 }
    );
  });
});
