import { describe, expect, test } from 'vitest';
import { createFingerprinter } from '../fingerprints/index.ts';
import { joinEvents } from './event-joiner.ts';
import { lineKindOf } from './line-kind.ts';
import { repeatedHeaderLength, withoutRepeatedHeader } from './repeated-header.ts';

const java =
  'java.lang.IllegalStateException: no stock for item 17\n\tat com.shop.Stock.take(Stock.java:12)\n\tat com.shop.Order.pay(Order.java:40)\nCaused by: java.sql.SQLException: timeout\n\tat com.shop.Db.run(Db.java:7)\n\t... 12 more';
const python =
  'Traceback (most recent call last):\n  File "/srv/shop/a.py", line 3, in load\n    parse()\n    ~~~~~^^\n  File "/srv/shop/b.py", line 9, in parse\nKeyError: 17\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/srv/shop/c.py", line 9, in main\n    load()\nshop.errors.OrderError: no order';
const node =
  'TypeError: x is not a function\n    at parse (/srv/shop/a.js:1:2)\n    at async load (/srv/shop/b.js:3:4)\n    at /srv/shop/c.js:5:6';

const headers: Array<[string, (line: number) => string]> = [
  ['time, level and thread', (line) => `2026-11-21 03:00:00,${100 + line} ERROR [worker-3] `],
  ['time, level and logger', (line) => `2026-11-21T03:00:00.${100 + line}Z ERROR com.shop.Api - `],
  ['syslog', () => 'Nov 21 03:00:00 host7 shop[4711]: '],
];

function eventsOf(text: string, stepMs = 0): string[] {
  const entries = text.split('\n').map((line, index) => ({
    line,
    labels: {},
    metadata: {},
    timestampNs: 1_760_000_000_000_000_000n + BigInt(index * stepMs) * 1_000_000n,
  }));
  return joinEvents(entries).map((event) => event.text);
}

function headed(text: string, header: (line: number) => string): string {
  return text
    .split('\n')
    .map((line, index) => header(index) + line)
    .join('\n');
}

describe.each(headers)('a logger that repeats %s', (_form, header) => {
  test.each([
    ['JVM', java],
    ['Python', python],
    ['Node', node],
  ])('gives one event for a trace of %s', (_language, trace) => {
    const text = headed(trace, header);
    expect(eventsOf(text)).toEqual([text]);
  });

  test.each([
    ['JVM', java],
    ['Python', python],
    ['Node', node],
  ])('does not change the fingerprint of a trace of %s', (_language, trace) => {
    const fingerprinter = createFingerprinter();
    const { fingerprint } = fingerprinter.identify({ text: headed(trace, header) });
    expect(fingerprint).toBe(fingerprinter.identify({ text: trace }).fingerprint);
  });

  test('keeps the lines around the trace apart', () => {
    const [before, after] = [`${header(0)}starting`, `${header(1)}done`];
    expect(eventsOf([before, headed(java, header), after].join('\n'))).toHaveLength(3);
  });

  test('keeps two traces apart', () => {
    expect(eventsOf([headed(java, header), headed(java, header)].join('\n'))).toHaveLength(2);
  });
});

const [, threadHeader] = headers[0] ?? ['', String];

test('one line of another thread between frames is an event of its own', () => {
  const lines = headed(java, threadHeader).split('\n');
  const stray = '2026-11-21 03:00:00,200 INFO [health] ok';
  const events = eventsOf([...lines.slice(0, 2), stray, ...lines.slice(2)].join('\n'));
  expect(events).toEqual([stray, lines.join('\n')]);
});

test('lines of two threads that both fail are not mixed', () => {
  const other = headed(java, (line) => threadHeader(line).replace('worker', 'runner'));
  expect(eventsOf(`${headed(java, threadHeader)}\n${other}`)).toHaveLength(2);
});

test('frames that come long after their line begin anew', () => {
  expect(eventsOf(headed(node, threadHeader), 1500)).toHaveLength(4);
});

test.each([
  ['messages that name a place', '2026-11-21 03:00:00 WARN pool exhausted at Pool.take(Pool.java:3)'],
  ['messages that end in brackets', '2026-11-21 03:00:00 INFO ready (3)'],
  ['messages that name a cause', '2026-11-21 03:00:00 WARN failed. Caused by: timeout'],
  ['messages about files', '2026-11-21 03:00:00 WARN cannot read File "a.py", line 3'],
  ['key: value', '2026-11-21 03:00:00 INFO KeyError: 3'],
])('ordinary lines stay apart: %s', (_form, line) => {
  expect(eventsOf([line, line, line].join('\n'))).toEqual([line, line, line]);
});

test('no header is found in a line that has none', () => {
  for (const line of [...java.split('\n'), ...python.split('\n'), ...node.split('\n'), '']) {
    expect(repeatedHeaderLength(line, lineKindOf(line))).toBe(0);
  }
  expect(withoutRepeatedHeader(java.split('\n'))).toEqual(java.split('\n'));
});

test('a megabyte of frames behind a header takes little time', () => {
  const line = `2026-11-21 03:00:00 ERROR ${'\tat a.b.C.d('.repeat(90_000)})`;
  const startMs = Date.now();
  for (let round = 0; round < 20; round += 1) {
    repeatedHeaderLength(line, lineKindOf(line));
  }
  expect(Date.now() - startMs).toBeLessThan(500);
});
