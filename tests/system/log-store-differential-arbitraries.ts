// Random lines and random queries of the embedded store's subset. What two right answers may differ in is not made: ties of topk, lines
// whose number is missing under a grouped mean (Loki's frontend counts them), series that differ only in the words of an error, empty lines
// (Loki does not see a chunk that holds nothing else until it is flushed), numbers grouped by labels that are there but empty (Loki gives one
// series two points for one time, or takes one of two for both).
import fc from 'fast-check';

/** A stream without its `run` label, which keeps runs apart; times are milliseconds from the start. */
export interface RandomStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: ReadonlyArray<{
    readonly offsetMs: number;
    readonly line: string;
    readonly metadata: Readonly<Record<string, string>>;
  }>;
}

const names = ['level', 'code', 'took', 'size', 'user', 'app', 'a', 'msg'] as const;
const word = fc.constantFrom(
  'error',
  'warn',
  'info',
  'GET',
  'POST',
  'ünï',
  'x',
  '10.0.0.7',
  '192.168.1.1',
  'took',
  '"',
  '='
);
const value = fc.oneof(
  fc.constantFrom(
    'error',
    'info',
    'warn',
    '5',
    '7.5',
    '-1',
    '1e3',
    '10ms',
    '1.5s',
    '2h',
    '12KB',
    '1MiB',
    '10.0.0.7',
    'fe80::1',
    ''
  ),
  fc.nat(999).map(String)
);
const plainLine = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const pairs = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 });
const logfmtLine = pairs.map((found) => found.map(([name, text]) => `${name}=${text}`).join(' '));
const quotedLine = pairs.map((found) => found.map(([name, text]) => `${name}="${text} \\"q\\""`).join('  '));
const jsonLine = fc
  .dictionary(
    fc.constantFrom(...names, 'dotted.key', '1st'),
    fc.oneof(
      value,
      fc.integer({ min: -5, max: 500 }),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(fc.constantFrom('code', 'user', 'app'), value, { maxKeys: 2 }),
      fc.array(value, { maxLength: 2 })
    ),
    { maxKeys: 5 }
  )
  .map((members) => JSON.stringify(members));
const packedLine = fc.tuple(logfmtLine, value).map(([line, text]) => JSON.stringify({ user: text, _entry: line }));
const cutLine = fc.tuple(jsonLine, fc.nat(20)).map(([line, count]) => line.slice(0, count));

const entry = fc.record({
  offsetMs: fc.integer({ min: 0, max: 240 }).map((seconds) => seconds * 1000),
  line: fc.oneof(plainLine, logfmtLine, quotedLine, jsonLine, packedLine, cutLine).map((line) => line || '-'),
  metadata: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom('trace', 'user', 'app'), fc.constantFrom('m1', 'm2'), { maxKeys: 2 }),
    }
  ),
});

/** One to three streams of up to fifteen lines. */
export const randomStreams: fc.Arbitrary<readonly RandomStream[]> = fc.uniqueArray(
  fc.record({
    labels: fc.record({ app: fc.constantFrom('a', 'b'), env: fc.constantFrom('prod', 'test') }),
    entries: fc.array(entry, { minLength: 1, maxLength: 15 }),
  }),
  { minLength: 1, maxLength: 3, selector: ({ labels }) => `${labels.app} ${labels.env}` }
);

const quoted = (text: string): string => JSON.stringify(text);
const name = fc.constantFrom(...names, 'env', 'trace', 'app_extracted');
const expression = fc.constantFrom(
  'err.+r',
  '(?i)ERROR|get',
  '[0-9]+',
  'info|warn',
  '.+',
  '.*',
  '',
  '^\\{.*\\}$',
  '\\bx\\b'
);
const lineFilter = fc.oneof(
  fc
    .tuple(fc.constantFrom('|=', '!='), fc.array(word, { minLength: 1, maxLength: 2 }))
    .map(([operator, words]) => `${operator} ${words.map(quoted).join(' or ')}`),
  fc.tuple(fc.constantFrom('|~', '!~'), expression).map(([operator, text]) => `${operator} ${quoted(text)}`),
  fc
    .tuple(fc.constantFrom('|=', '!='), fc.constantFrom('10.0.0.0/8', '192.168.1.0-192.168.1.9', '10.0.0.7'))
    .map(([operator, range]) => `${operator} ip(${quoted(range)})`),
  fc.constantFrom('|> "<_> info <_>"', '!> "<_>=<_>"')
);
const parser = fc.constantFrom(
  '| json',
  '| logfmt',
  '| logfmt --strict',
  '| logfmt --keep-empty',
  '| json code="code", inner="app.user", first="a[0]"',
  '| logfmt lvl="level", code',
  '| pattern "<a>=<b> <c>"',
  '| pattern "<_> <msg>"',
  '| regexp "(?P<level>error|warn|info)"',
  '| regexp "(?P<key>\\\\w+)=(?P<code>[^ ]*)"',
  '| unpack'
);
const matchFilter = fc.oneof(
  fc
    .tuple(name, fc.constantFrom('=', '!='), value)
    .map(([label, operator, text]) => `${label}${operator}${quoted(text)}`),
  fc
    .tuple(name, fc.constantFrom('=~', '!~'), fc.constantFrom('err.+r', 'info|warn', '[0-9]+', '.+', ''))
    .map(([label, operator, text]) => `${label}${operator}${quoted(text)}`)
);
const comparison = fc
  .tuple(
    name,
    fc.constantFrom('==', '!=', '>', '>=', '<', '<='),
    fc.constantFrom('5', '7.5', '500', '10ms', '1h', '12KB', '1MiB')
  )
  .map((parts) => parts.join(' '));
const condition = fc.oneof(
  matchFilter,
  comparison,
  fc.tuple(name, fc.constantFrom('10.0.0.0/8', 'fe80::/16')).map(([label, range]) => `${label}=ip(${quoted(range)})`)
);
const labelFilter = fc.oneof(
  condition.map((test) => `| ${test}`),
  fc.tuple(condition, fc.constantFrom(' and ', ' or ', ', '), condition).map((parts) => `| ${parts.join('')}`),
  fc.constantFrom('| __error__=""', '| __error__!="JSONParserErr"')
);
const template = fc.constantFrom(
  '{{.level}} {{.code}}',
  '{{.msg}}',
  '{{ .user | ToUpper }}-{{ __line__ | trunc 5 }}',
  '{{ if eq .level "error" }}E{{ else }}{{ .level | default "none" }}{{ end }}',
  '{{ duration .took }}',
  'fixed'
);
const formatting = fc.oneof(
  template.map((text) => `| line_format ${quoted(text)}`),
  fc.tuple(name, template).map(([label, text]) => `| label_format ${label}=${quoted(text)}`),
  fc.tuple(fc.constantFrom('new', 'level', 'app'), name).map(([label, from]) => `| label_format ${label}=${from}`)
);
const choice = fc.oneof(
  name,
  matchFilter.filter((test) => !test.endsWith('=~""') && !test.endsWith('!~""'))
);
const choosing = fc
  .tuple(fc.constantFrom('keep', 'drop'), fc.array(choice, { minLength: 1, maxLength: 2 }))
  .map(([stage, choices]) => `| ${stage} ${choices.join(', ')}`);

const stages = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: lineFilter },
      { weight: 4, arbitrary: parser },
      { weight: 3, arbitrary: labelFilter },
      { weight: 2, arbitrary: formatting },
      { weight: 1, arbitrary: choosing },
      { weight: 1, arbitrary: fc.constant('| decolorize') }
    ),
    { maxLength: 4 }
  )
  // `| drop a != "x"` would be a drop with a matcher.
  .map((list) =>
    list.reduce(
      (text, stage) => (/\| (drop|keep) [^|]*$/.test(text) && stage.startsWith('!') ? text : `${text} ${stage}`),
      ''
    )
  );

const selector = fc
  .constantFrom('', ', app="a"', ', app=~"a|b"', ', env!="test"', ', app!~"b.*"')
  .map((more) => `{run="RUN"${more}}`);

/** A query for lines; `RUN` stands for the run. */
export const randomLogQuery: fc.Arbitrary<string> = fc.tuple(selector, stages).map((parts) => parts.join(''));

const grouping = fc
  .tuple(fc.constantFrom('by', 'without'), fc.uniqueArray(name, { maxLength: 2 }))
  .map(([mode, labels]) => `${mode} (${labels.join(', ')})`);
const everyName = [...names, 'env', 'trace', 'app_extracted', 'lvl', 'inner', 'first', 'b', 'c', 'key', 'new'];
const dropEmpty = ` | drop ${everyName.map((label) => `${label}=""`).join(', ')}`;
const makesEmpty = /code|lvl|pattern|regexp|label_format/;

/** Without errors, and without labels that are there but empty, which Loki groups in more than one way. */
function finish(list: string): string {
  const stageList = list.replaceAll(' --keep-empty', '');
  return `${stageList} | __error__=""${makesEmpty.test(stageList) ? dropEmpty : ''}`;
}

const range = fc.constantFrom('30s', '1m', '2m', '5m');
const counted = fc
  .tuple(
    fc.constantFrom('count_over_time', 'rate', 'bytes_over_time', 'bytes_rate', 'absent_over_time'),
    selector,
    stages,
    range
  )
  .map(([operation, streams, list, length]) => `${operation}(${streams}${finish(list)} [${length}])`);
const unwrapping = fc.constantFrom('| unwrap code', '| unwrap duration(took)', '| unwrap bytes(size)', '| unwrap a');
const sampled = fc
  .tuple(fc.constantFrom('sum_over_time', 'rate'), selector, stages, unwrapping, range)
  .map(
    ([operation, streams, list, unwrap, length]) =>
      `${operation}(${streams}${finish(`${list} | logfmt`)} ${unwrap} | __error__="" [${length}])`
  );
const groupedSamples = fc
  .tuple(
    fc.constantFrom('min_over_time(', 'max_over_time(', 'stddev_over_time(', 'quantile_over_time(0.7, '),
    selector,
    stages,
    unwrapping,
    range,
    fc.option(grouping, { nil: '' })
  )
  .map(
    ([operation, streams, list, unwrap, length, group]) =>
      `${operation}${streams}${finish(`${list} | logfmt`)} ${unwrap} | __error__="" [${length}]) ${group}`
  );
const ofLines = fc.oneof(
  { weight: 3, arbitrary: counted },
  { weight: 1, arbitrary: sampled },
  { weight: 1, arbitrary: groupedSamples }
);
const aggregated = fc.oneof(
  ofLines,
  ofLines.map((query) => `avg (${query})`),
  fc
    .tuple(fc.constantFrom('sum', 'min', 'max', 'count'), fc.option(grouping, { nil: '' }), ofLines)
    .map(([operation, group, query]) => `${operation} ${group} (${query})`)
);

/** A query for numbers; `RUN` stands for the run. */
export const randomMetricQuery: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: aggregated },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        aggregated,
        fc.constantFrom('+', '-', '*', '/', '%', '>', '>=', '<', '== bool', '!='),
        fc.constantFrom('2', '0', '1.5', 'vector(1)')
      )
      .map((parts) => parts.join(' ')),
  }
);
