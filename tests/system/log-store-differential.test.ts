// Asks the embedded store and a real Loki the same questions over the same lines. What is left out of the comparison: statistics, texts of
// errors and details of parser errors.
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import type { EmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';

const minuteMs = 60_000;
const startMs = Math.floor(Date.now() / minuteMs - 40) * minuteMs;
const startNs = BigInt(startMs) * 1_000_000n;
const endNs = startNs + 20n * 60_000_000_000n;

const logQueries = [
  '{app="shop"}',
  '{app=~"shop|cart"}',
  '{app!="shop", env="prod"}',
  '{app=~".+", zone=""}',
  '{app!~"s.*", env=~"p.+"}',
  '{service_name="shop"}',
  '{app="shop"} |= "error"',
  '{app="shop"} |= ""',
  '{app="shop"} != "error"',
  '{app="shop"} |= "error" or "timeout"',
  '{app="shop"} != "error" or "timeout"',
  '{app=~".+"} |~ "(?i)ERROR|time.?out"',
  '{app=~".+"} !~ "took [0-9]+ms"',
  '{app=~".+"} !~ "error" or "took"',
  '{app=~".+"} |~ "^\\\\{.*\\\\}$"',
  '{app=~".+"} |~ "a.b"',
  '{app="shop"} != ""',
  '{app="shop"} |= "error" or ""',
  '{app="shop"} |~ "" or "POST"',
  '{app="shop"} !~ "POST" or ".*"',
  '{app="logfmt"} | logfmt | level=~""',
  '{app="logfmt"} | logfmt | level!~""',
  '{app="logfmt"} | logfmt | level!~".+"',
  '{app="metadata"} | json',
  '{app=~".+"} |~ "\\\\bPOST\\\\b" |= "cart"',
  '{app=~".+"} |= "ünïcödé"',
  '{app=~".+"} |~ "\\\\p{Lu}"',
  '{app=~".+"} |= `"`',
  '{app="json"} | json',
  '{app="json"} | json | level="error"',
  '{app="json"} | json | http_status="500"',
  '{app="json"} | json | level=~"err.*|warn" | http_method!="GET"',
  '{app="json"} | json | app_extracted="inner"',
  '{app="json"} | json | __error__=""',
  '{app="json"} | json | __error__="JSONParserErr"',
  '{app="json"} | json | no_such=""',
  '{app="json"} | json | price="1.50"',
  '{app="logfmt"} | logfmt',
  '{app="logfmt"} | logfmt | level="error"',
  '{app="logfmt"} | logfmt --keep-empty',
  '{app="logfmt"} | logfmt | msg="with \\"quotes\\" and = signs"',
  '{app="logfmt"} | logfmt | level="info" or level="error"',
  '{app="logfmt"} | logfmt | (level="info" or level="error") and caller=~"main.*"',
  '{app=~"logfmt|json"} | json | logfmt',
  '{app=~".+"} | trace_id="t-3"',
  '{app=~".+"} | trace_id!=""',
  '{app=~".+"} | env="prod", zone=""',
  '{app="none"}',
];

const metricQueries = [
  'count_over_time({app="shop"}[1m])',
  'count_over_time({app="shop"}[90s])',
  'count_over_time({app=~".+"} |= "error" [5m])',
  'count_over_time({app="shop"}[1m] offset 2m)',
  'count_over_time({app="shop"}[1m] offset -59999999999ns)',
  'count_over_time({app="shop"}[30s])',
  'rate({app="shop"}[1m])',
  'rate({app=~"shop|cart"}[3m])',
  'bytes_over_time({app=~".+"}[2m])',
  'bytes_rate({app="shop"}[1m])',
  'sum(count_over_time({app=~".+"}[1m]))',
  'sum by (app) (count_over_time({app=~".+"}[1m]))',
  'sum by (app, zone) (rate({app=~".+"}[5m]))',
  'sum without (zone, service_name) (count_over_time({app=~".+"}[1m]))',
  'sum by () (count_over_time({app=~".+"}[1m]))',
  'sum by (no_such) (count_over_time({app=~".+"}[1m]))',
  'sum by (trace_id) (count_over_time({app=~".+"}[1m]))',
  'sum by (level) (count_over_time({app="json"} | json | __error__="" [1m]))',
  'sum by (level) (count_over_time({app="logfmt"} | logfmt [1m]))',
  'sum by (app) (sum by (app, zone) (count_over_time({app=~".+"}[1m])))',
  'max by (app) (count_over_time({app=~".+"}[1m]))',
  'min(count_over_time({app=~".+"}[1m]))',
  'avg by (env) (rate({app=~".+"}[1m]))',
  'count by (app) (count_over_time({app=~".+"}[1m]))',
  'count_over_time({app="none"}[1m])',
  'sum(count_over_time({app="json"} | json [1m]))',
  'sum by () (bytes_rate({app="json"} | json |= "level" [1m]))',
];

const refusedQueries = [
  '{app="x"',
  '{}',
  '{app=~".*"}',
  '{by="x"}',
  'rate({app="x"})',
  'count_over_time({app="json"} | json [1m])',
  '{app=~"("}',
];

let loki: RunningLoki;
let embedded: EmbeddedLogStore;

beforeAll(async () => {
  // Loki's guesses of a level are not part of the embedded store's subset.
  loki = await startLoki({ extraArguments: ['-validation.discover-log-levels=false'] });
  embedded = await createEmbeddedLogStore({ maxSizeBytes: 10_000_000 });
  const body = JSON.stringify({ streams: testStreams() });
  for (const send of [askLoki, askEmbedded]) {
    const answer = await send('/loki/api/v1/push', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(204);
  }
});
afterAll(async () => {
  await loki.stop();
  await embedded.close();
});

function askLoki(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${loki.url}${path}`, init);
}

function askEmbedded(path: string, init?: RequestInit): Promise<Response> {
  return embedded.handle(new Request(`http://embedded${path}`, init));
}

const categorized = { headers: { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' } };

async function expectSameAnswer(
  path: string,
  parameters: Readonly<Record<string, string>>,
  init?: RequestInit
): Promise<unknown> {
  const address = `${path}?${new URLSearchParams(parameters)}`;
  const [ofLoki, ofEmbedded] = [await askLoki(address, init), await askEmbedded(address, init)];
  const [lokiText, embeddedText] = [await ofLoki.text(), await ofEmbedded.text()];
  expect(`${ofEmbedded.status} ${ofEmbedded.ok ? '' : embeddedText}`).toBe(
    `${ofLoki.status} ${ofLoki.ok ? '' : lokiText}`
  );
  const expected = comparable(JSON.parse(lokiText));
  expect(comparable(JSON.parse(embeddedText))).toEqual(expected);
  return expected;
}

/** Results in an order of their own, without statistics and without the words of parser errors. */
function comparable({ data = [] }: { data?: unknown }): unknown {
  if (Array.isArray(data)) {
    return data.map((item) => JSON.stringify(sortKeys(item))).sort();
  }
  const { result, resultType } = Object(data);
  const items = resultType === 'streams' ? Array.from(result, entriesOf).flat() : Array.from(result);
  return { resultType, items: items.map((item) => JSON.stringify(sortKeys(item))).sort() };
}

/** One item for each line: Loki makes streams of their own for lines whose parser errors have different words. */
function entriesOf(stream: unknown): readonly unknown[] {
  return Array.from(Object(stream).values, (value) => ({ stream: Object(stream).stream, value }));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (typeof value === 'string' && /^\d+\.\d{3,}$/.test(value)) {
    // The last digit of a mean depends on the order of the series.
    return String(Number(Number(value).toPrecision(12)));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([name]) => name !== '__error_details__');
  return Object.fromEntries(
    members.map(([name, member]) => [name, sortKeys(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  );
}

describe('the embedded store answers like Loki', () => {
  const range = { start: String(startNs), end: String(endNs) };

  test.each(logQueries)('%s', async (query) => {
    for (const direction of ['forward', 'backward']) {
      await expectSameAnswer('/loki/api/v1/query_range', { query, ...range, limit: '1000', direction });
      await expectSameAnswer('/loki/api/v1/query_range', { query, ...range, limit: '1000', direction }, categorized);
    }
  });

  test.each(metricQueries)('%s', async (query) => {
    await expectSameAnswer('/loki/api/v1/query_range', { query, ...range, step: '60' });
    await expectSameAnswer('/loki/api/v1/query_range', {
      query,
      start: String(startNs + 17_000_000_001n),
      end: range.end,
      step: '45s',
    });
    await expectSameAnswer('/loki/api/v1/query', { query, time: String(startNs + 600_000_000_000n) });
    if (!query.includes('ns]') && !query.includes('ns)')) {
      // Loki 3.7 is off by 1 ms in the time that it states for an offset below a millisecond at such a moment.
      await expectSameAnswer('/loki/api/v1/query', { query, time: String(startNs + 600_000_000_001n) });
    }
  });

  test.each(refusedQueries)('%s is refused by both', async (query) => {
    const address = `/loki/api/v1/query_range?${new URLSearchParams({ query, ...range })}`;
    expect((await askLoki(address)).status).toBe(400);
    expect((await askEmbedded(address)).status).toBe(400);
  });

  test('the newest lines up to a limit', async () => {
    for (const direction of ['forward', 'backward']) {
      await expectSameAnswer('/loki/api/v1/query_range', { query: '{app="shop"}', ...range, limit: '7', direction });
    }
  });

  test('labels, label values and series', async () => {
    await expectSameAnswer('/loki/api/v1/labels', range);
    await expectSameAnswer('/loki/api/v1/labels', { ...range, query: '{app="shop"}' });
    await expectSameAnswer('/loki/api/v1/label/app/values', range);
    await expectSameAnswer('/loki/api/v1/label/zone/values', { ...range, query: '{app="shop"}' });
    await expectSameAnswer('/loki/api/v1/label/no_such/values', range);
    await expectSameAnswer('/loki/api/v1/series', { ...range, 'match[]': '{app=~".+"}' });
  });

  test('an instant query for lines is refused by both', async () => {
    const address = `/loki/api/v1/query?${new URLSearchParams({ query: '{app="shop"}' })}`;
    expect((await askLoki(address)).status).toBe(400);
    expect((await askEmbedded(address)).status).toBe(400);
  });
});

/** Lines of four formats over twenty minutes, some exactly on minutes, some twice, some with metadata, hostile ones among them. */
function testStreams(): unknown[] {
  const shopLines = Array.from({ length: 120 }, (_unused, index) => {
    const words =
      index % 11 === 0 ? 'error: timeout of upstream' : index % 7 === 0 ? 'POST /cart a.b' : `took ${index}ms axb`;
    return [
      timeAt(index * 10_000),
      `${words} #${index}`,
      ...(index % 9 === 0 ? [{ trace_id: `t-${index / 9}`, zone: 'meta' }] : []),
    ];
  });
  const cartLines = Array.from({ length: 30 }, (_unused, index) => [
    timeAt(index * 40_000 + 0.000_001),
    `cart "line" ünïcödé ${index}`,
  ]);
  return [
    { stream: { app: 'shop', env: 'prod', zone: 'eu' }, values: [...shopLines, ...shopLines.slice(0, 5)] },
    { stream: { app: 'shop', env: 'test' }, values: shopLines.slice(0, 20) },
    { stream: { app: 'cart', env: 'prod' }, values: cartLines },
    { stream: { app: 'json', env: 'prod' }, values: jsonLines.map((line, index) => [timeAt(index * 30_000), line]) },
    {
      stream: { app: 'logfmt', env: 'prod' },
      values: logfmtLines.map((line, index) => [timeAt(index * 30_000 + 1), line]),
    },
  ];
}

function timeAt(offsetMs: number): string {
  return String(startNs + BigInt(Math.round(offsetMs * 1_000_000)));
}

const jsonLines = [
  '{"level":"error","msg":"failed","http":{"status":500,"method":"GET","headers":{"x-y":"z"}},"ok":false}',
  '{"level":"warn","msg":"slow","http":{"status":200,"method":"POST"},"tags":["a","b"],"nothing":null}',
  '{"level":"info","app":"inner","price":1.50,"big":12345678901234567890,"exp":1e5}',
  '{"level":"info","empty":"","spaced key":"v","1st":"first","dotted.key":"d","":"nameless"}',
  '{"level":"info","text":"quote \\" newline \\n unicode \\u00e9 emoji \\ud83e\\udd8a"}',
  '{"level":"info","level":"second"}',
  '["an","array"]',
  'no json at all',
  '{"level":"info","cut":"off here',
  '{"level":"info","after":1} trailing',
  ' {"level" : "info" , "nested" : { "level" : "deep", "list":["]",{"a":"]"}] } }',
  '{"level":"info","bad":"\\q","number":01,"next":"x"}',
  '{"level":tru,"next":"x"}',
  '{}',
];

const logfmtLines = [
  'level=info msg="all fine" caller=main.go:12 duration=15ms',
  'level=error msg="with \\"quotes\\" and = signs" err="broken pipe"',
  'level=warn empty= flag caller=other.go',
  'ts=2026-01-01T00:00:00Z level=info app=inner 1st=x dotted.key=y',
  'plain words without pairs',
  'level=info broken="no end',
  'a=b=c level=debug d"e=f',
  'level=info level=second',
  '',
];
