import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  guardQuery,
  isExpression,
  lineFilter,
  logQueriesOf,
  matcher,
  parseQuery,
  printQuery,
  rangeAggregation,
  selector,
  sum,
  withStages,
} from './index.ts';
import type {
  BinaryOperation,
  LabelComparison,
  LabelCondition,
  LabelMatcher,
  LogQuery,
  MetricQuery,
  PipelineStage,
  RangeAggregation,
} from './index.ts';

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
      ['number', '-2e3'],
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
    fc.record({
      kind: fc.constant('address' as const),
      name: labelName,
      operator: fc.constantFrom('=' as const, '!=' as const),
      range: hostileText,
    }),
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
  fc.constantFrom({ kind: 'unpack' } as const, { kind: 'decolorize' } as const),
  fc.record({
    kind: fc.constant('pattern-filter' as const),
    operator: fc.constantFrom('|>' as const, '!>' as const),
    patterns: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('address-filter' as const),
    operator: fc.constantFrom('|=' as const, '!=' as const),
    range: hostileText,
  }),
  fc.record({ kind: fc.constant('line_format' as const), template: hostileText }),
  fc.record({
    kind: fc.constant('label_format' as const),
    assignments: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('rename' as const), name: labelName, from: labelName }),
        fc.record({ kind: fc.constant('template' as const), name: labelName, template: hostileText })
      ),
      { minLength: 1, maxLength: 3 }
    ),
  }),
  fc.record({
    kind: fc.constantFrom('drop' as const, 'keep' as const),
    labels: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('name' as const), name: labelName }),
        fc.record({ kind: fc.constant('match' as const), matcher: labelMatcher })
      ),
      { minLength: 1, maxLength: 3 }
    ),
  }),
  condition.map((item): PipelineStage => ({ kind: 'label-filter', condition: item }))
);

/** No text means `drop a` and then a line filter `!= "x"`: that is a `drop` with a matcher. */
function isWritable(stages: readonly PipelineStage[]): boolean {
  return !stages.some((item, index) => {
    const next = stages[index + 1];
    const endsInName = (item.kind === 'drop' || item.kind === 'keep') && item.labels.at(-1)?.kind === 'name';
    return endsInName && next !== undefined && 'operator' in next && ['!=', '!~'].includes(next.operator);
  });
}

const logQuery: fc.Arbitrary<LogQuery> = fc
  .tuple(fc.array(labelMatcher, { minLength: 1, maxLength: 3 }), fc.array(stage, { maxLength: 4 }).filter(isWritable))
  .map(([matchers, stages]) => withStages(selector(...matchers), ...stages));

const grouping = fc.option(
  fc.record({ mode: fc.constantFrom('by' as const, 'without' as const), labelNames: fc.uniqueArray(labelName) })
);
const rangeNs = fc.bigInt({ min: 1n, max: 10_000_000n }).map((rangeMs) => rangeMs * 1_000_000n);
const offsetNs = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

const lineCount: fc.Arbitrary<MetricQuery> = fc
  .tuple(
    fc.constantFrom('count_over_time' as const, 'rate' as const, 'bytes_over_time' as const, 'bytes_rate' as const),
    logQuery,
    rangeNs,
    offsetNs,
    fc.option(grouping)
  )
  .map(([operation, query, range, offset, groups]) => {
    const inner = rangeAggregation(operation, query, range, offset);
    return groups === null ? inner : sum(inner, groups);
  });

const sampleAggregation: fc.Arbitrary<RangeAggregation> = fc
  .record({
    kind: fc.constant('range-aggregation' as const),
    operation: fc.constantFrom('quantile_over_time' as const, 'avg_over_time' as const, 'last_over_time' as const),
    query: logQuery,
    unwrap: fc.record({
      label: labelName,
      conversion: fc.constantFrom(null, 'bytes' as const, 'duration' as const, 'duration_seconds' as const),
      conditions: fc.array(condition, { maxLength: 2 }),
    }),
    rangeNs,
    offsetNs,
    grouping,
  })
  .map((query) => ({ ...query, parameter: query.operation === 'quantile_over_time' ? '0.95' : null }));

const matching: fc.Arbitrary<BinaryOperation['matching']> = fc.option(
  fc.record({
    mode: fc.constantFrom('on' as const, 'ignoring' as const),
    labelNames: fc.uniqueArray(labelName),
    group: fc.option(
      fc.record({ many: fc.constantFrom('left' as const, 'right' as const), labelNames: fc.uniqueArray(labelName) })
    ),
  })
);
const arithmeticOperator = fc.constantFrom<BinaryOperation['operator']>(
  '^',
  '*',
  '/',
  '%',
  '+',
  '-',
  '==',
  '!=',
  '>',
  '<'
);
const setOperator = fc.constantFrom<BinaryOperation['operator']>('and', 'or', 'unless');

const metricQuery: fc.Arbitrary<MetricQuery> = fc.letrec<{ metric: MetricQuery; series: MetricQuery }>((tie) => ({
  series: fc.oneof(
    { maxDepth: 3 },
    lineCount,
    sampleAggregation,
    fc.record({ kind: fc.constant('vector' as const), value: fc.constantFrom('1', '.5', '1e3') }),
    fc
      .tuple(
        fc.constantFrom('topk' as const, 'bottomk' as const, 'stddev' as const, 'max' as const),
        grouping,
        tie('metric')
      )
      .map(([operation, groups, of]): MetricQuery => {
        const seriesCount = operation === 'topk' || operation === 'bottomk' ? 5 : null;
        return { kind: 'vector-aggregation', operation, seriesCount, grouping: groups, of };
      }),
    fc.record({
      kind: fc.constant('label_replace' as const),
      of: tie('metric'),
      destination: hostileText,
      replacement: hostileText,
      source: hostileText,
      expression: hostileText.filter(isExpression),
    })
  ),
  metric: fc.oneof(
    { maxDepth: 3 },
    tie('series'),
    fc.record({ kind: fc.constant('number' as const), value: fc.constantFrom('1', '-2.5', '1e3') }),
    fc.record({
      kind: fc.constant('binary-operation' as const),
      operator: arithmeticOperator,
      returnsBool: fc.boolean(),
      matching,
      left: tie('metric'),
      right: tie('metric'),
    }),
    fc.record({
      kind: fc.constant('binary-operation' as const),
      operator: setOperator,
      returnsBool: fc.constant(false),
      matching,
      left: tie('series'),
      right: tie('series'),
    })
  ),
})).metric;

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
      { numRuns: runCount }
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

  test(
    'whatever is allowed is bound to the forced matchers, in what Loki would read of it',
    { timeout: 120_000 },
    () => {
      const forced = [matcher('namespace', '=', 'team-a')];
      const texts = fc.oneof(
        fc.oneof(logQuery, metricQuery).map(printQuery),
        hostileText.map((text) => `{app="${text}"}`),
        hostileText.map((text) => `sum(rate({app="x"} ${text} [5m]))`)
      );
      fc.assert(
        fc.property(texts, (text) => {
          const guarded = guardQuery(text, { forced });
          if (guarded.kind === 'refused') {
            expect(guarded.refusals.length).toBeGreaterThan(0);
            return;
          }
          const read = parseQuery(guarded.text);
          const queries = read.kind === 'query' ? logQueriesOf(read.query) : [];
          expect(queries).toEqual(logQueriesOf(guarded.query));
          expect(queries.every(({ matchers }) => matchers.at(-1)?.value === 'team-a')).toBe(true);
        }),
        { numRuns: runCount / 10 }
      );
    }
  );
});
