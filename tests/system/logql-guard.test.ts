// Asks the guard and a real Loki 3.7.8 about the same queries, and proves on two tenants' data that nothing hostile gets past a forced matcher.
import {
  guardQuery,
  isQueryableLabelName,
  LogqlInputError,
  matcher,
  printQuery,
  selector,
  withStages,
  lineFilter,
} from '@loghunter/engine/logql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';
import { hostileQueries, hostileTexts, plainAttempts } from './logql-hostile.ts';
import { comparedQueries } from './logql-queries.ts';

const minuteNs = 60_000_000_000n;
const endNs = ((BigInt(Date.now()) * 1_000_000n) / minuteNs) * minuteNs;
const startNs = endNs - 30n * minuteNs;
/** Holds the lines of both namespaces and of none. */
const sharedTenant = 'shared';
/** Holds the lines of team-a only: what a query that is bound to team-a must answer from, and from nothing else. */
const aloneTenant = 'alone';

let loki: RunningLoki;

beforeAll(async () => {
  loki = await startLoki({ multiTenant: true });
  const own = [streamOf({ namespace: 'team-a', app: 'x' }), streamOf({ namespace: 'team-a', app: 'y', zone: '}' })];
  const foreign = [
    streamOf({ namespace: 'team-b', app: 'x' }),
    streamOf({ namespace: 'team-b', app: 'secret', owner: 'b' }),
    streamOf({ namespace: 'team-a2', app: 'x' }),
    streamOf({ app: 'x', zone: 'nobody' }),
  ];
  await push(aloneTenant, own);
  await push(sharedTenant, [...own, ...foreign]);
});
afterAll(() => loki.stop());

function streamOf(stream: Readonly<Record<string, string>>): unknown {
  const values = Array.from({ length: 20 }, (_unused, index) => [
    String(endNs - BigInt(index + 1) * minuteNs),
    `level=info n=${index + 1} took=${index}ms owner=${stream.namespace ?? 'nobody'} app=${stream.app} "x" 10.0.0.${index}`,
  ]);
  return { stream, values };
}

async function push(tenant: string, streams: readonly unknown[]): Promise<void> {
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Scope-OrgID': tenant },
    body: JSON.stringify({ streams }),
  });
  expect(response.status).toBe(204);
}

async function ask(tenant: string, path: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(`${loki.url}/loki/api/v1/${path}`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': tenant },
    body: new URLSearchParams(parameters),
  });
  return `${response.status} ${await response.text()}`;
}

/** Loki's own writing of a query; null when it refuses the query. */
async function format(query: string): Promise<string | null> {
  const answer = await ask(sharedTenant, 'format_query', { query });
  const { status, data } = JSON.parse(answer.slice(4));
  return status === 'success' ? String(data) : null;
}

/** Lines or series in an order of their own; a refusal is its status. */
async function answerOf(tenant: string, query: string): Promise<string> {
  const range = { start: String(startNs), end: String(endNs), step: '60', limit: '1000' };
  const answer = await ask(tenant, 'query_range', { query, ...range });
  if (!answer.startsWith('200')) {
    return answer.slice(0, 3);
  }
  const { data } = JSON.parse(answer.slice(4));
  return JSON.stringify(Array.from(data.result, (item) => JSON.stringify(item)).toSorted());
}

// Safe: nothing of these reaches Loki.
const refusedByGuardOnly: Readonly<Record<string, readonly string[]>> = {
  'label names beyond ASCII and names that the grammar keeps for itself': [
    '{été="b"}',
    '{vector="b"}',
    '{label_replace="b"}',
  ],
  'comments of Go': ['{a="b"} // x', '{a="b"} /* x */'],
  'a byte order mark': ['\ufeff{a="b"}'],
  'strings that are no UTF-8 text, or that Go repairs': ['{a="\\xff"}', '{a="\\377"}', '{a="\\ud800"}'],
  'expressions that Loki finds wrong only when it runs the query': ['{a="b"} |~ "("', '{a="b"} !~ "[a"'],
  'addresses where Loki finds them wrong when it runs the query, or beside texts': [
    '{a="b"} |~ ip("1.2.3.4")',
    '{a="b"} |> ip("1.2.3.4")',
    '{a="b"} |= "x" or ip("1.2.3.4")',
    '{a="b"} |= ip("1.2.3.4") or "x"',
  ],
  'capital letters in names of functions': [
    '{a="b"} |= IP("1.2.3.4")',
    'Count_Over_Time({a="b"}[5m])',
    'RATE({a="b"}[5m])',
  ],
  'a label named by a punctuation mark': ['{a="b"} | json;'],
  'numbers that Loki reads as 0, as infinite, or with underscores': [
    '{a="b"} | x>0x1F',
    '{a="b"} | x>1_000',
    '{a="b"} | x>1e999',
  ],
  'durations with units twice or out of order': ['{a="b"} | x>1h1h', '{a="b"} | x>30m1h'],
  'conditions with nothing between them': ['{a="b"} | x="1" y="2"', '{a="b"} | x="1" y="2" or z="3"'],
  'ranges of no length': ['count_over_time({a="b"}[0s])', 'count_over_time({a="b"}[0])'],
  'orders of unwrap, range and offset that the grammar does not know': [
    'max_over_time({a="b"} | json | unwrap x [5m] offset 1h)',
    'max_over_time(({a="b"} | json | unwrap x)[5m])',
  ],
  'variants, several metrics of one range': ['variants(rate({a="b"}[5m])) of ({a="b"}[5m])'],
  'a billion series and more': ['topk(99999999999, rate({a="b"}[5m]))'],
};

// Safe: Loki never sees the text that came in. What is printed instead has the meaning that is meant, and Loki takes it.
const mendedByGuard: Readonly<Record<string, readonly string[]>> = {
  'blanks that Go does not skip': ['\u00a0{a="b"}', 'count_over_time({a="b"}[ 5m ])'],
  'a NUL that is printed as an escape': ['{a="\0"}'],
  'a range with a fraction that is printed without': ['count_over_time({a="b"}[1.5h])'],
  'minus nothing, which Loki reads as a duration': ['-0'],
  'a comma at the end of a list': ['vector(2) / on(c,) vector(2)'],
};

// Safe: Loki refuses what is printed, with its own words.
const refusedByLokiOnly: Readonly<Record<string, readonly string[]>> = {
  'patterns without a capture or with two side by side': [
    '{a="b"} | pattern "x"',
    '{a="b"} | pattern "<x><y>"',
    '{a="b"} | pattern ""',
    '{a="b"} | pattern "<_>"',
  ],
  'petabytes, which the scanner of Loki takes for a hexadecimal exponent': ['{a="b"} | x>1PB'],
};

/** Eight at a time: enough to keep Loki busy. */
async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 8) {
    results.push(...(await Promise.all(items.slice(start, start + 8).map(work))));
  }
  return results;
}

function sorted(lists: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.values(lists).flat().toSorted();
}

describe('the guard and Loki read queries alike', () => {
  type Verdict = 'refused by both' | 'refused by the guard' | 'refused by Loki' | 'mended' | 'alike' | 'changed';

  async function compare(query: string): Promise<Verdict> {
    const guarded = guardQuery(query, { forced: [] });
    const formatted = await format(query);
    if (guarded.kind === 'refused') {
      return formatted === null ? 'refused by both' : 'refused by the guard';
    }
    const reprinted = await format(guarded.text);
    if (formatted === null) {
      return reprinted === null ? 'refused by Loki' : 'mended';
    }
    const answers = await Promise.all([answerOf(sharedTenant, query), answerOf(sharedTenant, guarded.text)]);
    return formatted === reprinted && answers[0] === answers[1] ? 'alike' : 'changed';
  }

  test('the differences are the listed ones and no others, and what both take means the same', async () => {
    const verdicts = await inBatches(comparedQueries, compare);
    function queriesOf(verdict: Verdict): readonly string[] {
      return comparedQueries.filter((_query, index) => verdicts[index] === verdict).toSorted();
    }
    expect(comparedQueries.length).toBeGreaterThanOrEqual(600);
    expect(queriesOf('changed')).toEqual([]);
    expect(queriesOf('refused by the guard')).toEqual(sorted(refusedByGuardOnly));
    expect(queriesOf('mended')).toEqual(sorted(mendedByGuard));
    expect(queriesOf('refused by Loki')).toEqual(sorted(refusedByLokiOnly));
    expect(queriesOf('alike').length).toBeGreaterThanOrEqual(300);
    expect(queriesOf('refused by both').length).toBeGreaterThanOrEqual(200);
  });

  test.each([
    '{app=~".+"} | logfmt | n>5 or level="info", took>=10ms',
    '{app=~".+"} | logfmt | n<3, level="no" or level="info"',
    '{app=~".+"} | logfmt | n<3 or n>5 and took>=10ms',
    '{app=~".+"} |= "n=1" or "n=2" != "n=15" or "n=16"',
    '{app=~".+"} | logfmt | line_format "{{.n}} {{.app}}" | drop level, took | label_format size=n',
    '{app=~".+"} | logfmt | keep n, app=~"x"',
    '{app=~".+"} |= ip("10.0.0.0/30")',
    '{app=~".+"} |> "<_> n=1 <_>"',
    'sum by (app) (sum_over_time({app=~".+"} | logfmt | unwrap n | n>3 [5m])) - 2 * 3 ^ 2',
    'quantile_over_time(0.5, {app=~".+"}[5m] offset 2m | logfmt | unwrap duration(took)) by (app)',
    'sum by (app) (rate({app=~".+"}[5m])) > on (app) group_left sum by (app) (rate({app="x"}[5m])) / 2',
    'topk by (app) (1, sum by (app) (count_over_time({app=~".+"}[5m])))',
    'label_replace(sum by (app) (rate({app=~".+"}[5m])), "first", "$1", "app", "(.).*")',
    'sum(rate({app="x"}[5m])) or vector(1) unless vector(2) == 2',
    '1 + 2 * 3 - sum(count_over_time({app="x"}[5m])) % 2 * 4',
  ])('%s answers with something, and its print with the same', async (query) => {
    const guarded = guardQuery(query, { forced: [] });
    const answer = await answerOf(sharedTenant, query);
    expect(answer.length).toBeGreaterThan(10);
    expect(guarded.kind === 'allowed' && (await answerOf(sharedTenant, guarded.text))).toBe(answer);
  });
});

describe('nothing hostile gets past a forced matcher', () => {
  const policy = { forced: [matcher('namespace', '=', 'team-a')], maxRangeMs: 86_400_000, maxOffsetMs: 86_400_000 };

  /** Whether the lines of the other namespaces make a difference to the answer. */
  async function seesOthers(query: string): Promise<boolean> {
    const [shared, alone] = await Promise.all([answerOf(sharedTenant, query), answerOf(aloneTenant, query)]);
    return shared !== alone;
  }

  /** Those of the queries that the guard allows and whose guarded text still sees other namespaces; and how many were allowed. */
  async function askGuarded(queries: readonly string[]): Promise<{ leaking: readonly string[]; allowedCount: number }> {
    const allowed = queries.flatMap((query) => {
      const guarded = guardQuery(query, policy);
      return guarded.kind === 'allowed' ? [guarded.text] : [];
    });
    const leaks = await inBatches(allowed, seesOthers);
    return { leaking: allowed.filter((_text, index) => leaks[index]), allowedCount: allowed.length };
  }

  test('the attempts are real: unguarded, most of them see other namespaces', async () => {
    const seen = await inBatches(plainAttempts(), seesOthers);
    expect(seen.filter(Boolean).length).toBeGreaterThanOrEqual(100);
  });

  test('whole queries answer as if other namespaces did not exist, or are refused', async () => {
    const queries = [...hostileQueries(), ...plainAttempts()];
    const { leaking, allowedCount } = await askGuarded(queries);
    expect(leaking).toEqual([]);
    expect(queries.length).toBeGreaterThanOrEqual(1000);
    expect(allowedCount).toBeGreaterThanOrEqual(400);
  });

  test('values in built queries stay values', async () => {
    const queries = hostileTexts.flatMap((text) =>
      (['=', '!=', '=~', '!~'] as const).map((operator) => {
        const built = selector(matcher('app', '=~', '.+'), matcher('zone', operator, text));
        return printQuery(withStages(built, lineFilter('!=', text)));
      })
    );
    expect((await askGuarded(queries)).leaking).toEqual([]);
    // Only an expression can be wrong, or all too long: no value breaks the text apart.
    const reasons = queries.flatMap((query) => {
      const guarded = guardQuery(query, policy);
      return guarded.kind === 'refused' ? guarded.refusals.map(({ reason }) => reason) : [];
    });
    expect([...new Set(reasons)]).toEqual(['invalid-expression']);
  });

  test.each(hostileTexts.filter((text) => !isQueryableLabelName(text)))(
    '%j is refused as the name of a label',
    (text) => {
      expect(() => matcher(text, '=', 'x')).toThrow(LogqlInputError);
    }
  );
});
