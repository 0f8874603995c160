import { PortError, type Job, type LogPattern, type LogStore } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { list, logins, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';
import { createPatternImportKind, type PatternImportParts } from './pattern-import-kind.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const olderMs = testNowMs - 48 * hourMs;
const sinceMs = testNowMs - 3 * 24 * hourMs;
const { signal } = new AbortController();

/** A scanned server and the job on it; `answers` are what each Loki of the tenant says. */
async function open(...answers: ReadonlyArray<() => Promise<readonly LogPattern[]>>) {
  const server = await createTestServer();
  await server.push(shop, logins(testNowMs - 10 * minuteMs, 20));
  await server.scanner.scanOnce();
  const asked: Array<readonly [number, number]> = [];
  const sources = answers.map((answer): LogStore => ({
    ...createFakeLogStore(),
    listPatterns: ({ fromNs, toNs }) => {
      asked.push([Number(fromNs / 1_000_000n), Number(toNs / 1_000_000n)]);
      return answer();
    },
  }));
  const feature = await server.openFeature(server.tenantId);
  const parts: PatternImportParts = {
    ...feature,
    openTenant: () =>
      Promise.resolve({
        ...feature,
        backgroundLogs: feature.logs,
        sourceLogs: new Map(sources.map((source, place) => [String(place), source])),
      }),
  };
  const run = (sinceMs?: number, runSignal = signal) =>
    createPatternImportKind(parts).run({
      ...{ tenantId: server.tenantId, signal: runSignal, report: () => undefined },
      job: { input: sinceMs === undefined ? {} : { sinceMs } } as unknown as Job,
    });
  const [cluster] = (await list(server)).clusters;
  const said = async () =>
    (await feature.workList.listComments(server.tenantId, cluster?.id ?? '', 100)).map(({ text, actor }) => [
      actor.name,
      text,
    ]);
  return { server, run, asked, said };
}

const pattern = { text: 'login of user <_> took <_> ms', lineCount: 40, firstMs: olderMs, lastMs: olderMs + hourMs };

test('what Loki knew of a cluster before the ledger stands in its history, with the sum of the days, once however often it is imported', async () => {
  const { run, asked, said } = await open(() => Promise.resolve([pattern]));
  expect(await run(sinceMs)).toEqual({
    ...{ patternCount: 1, matchedCount: 1, clusterCount: 1, sourcesWithout: [] },
    ...{ from: new Date(sinceMs).toISOString(), to: new Date(testNowMs - 6 * hourMs).toISOString() },
    oldestPatternAt: new Date(olderMs).toISOString(),
  });
  await run(sinceMs);
  expect(await said()).toEqual([
    [
      'Loki',
      expect.stringMatching(/^Loki's own pattern has about 120 lines from before this ledger, 2026-10-03 10:20 UTC to/),
    ],
  ]);
  // A day a question, up to the first minute that the ledger has.
  expect(asked[0]?.[1]).toBe(testNowMs - 6 * hourMs);
  expect(asked.every(([fromMs, toMs]) => toMs - fromMs <= 24 * hourMs && fromMs >= sinceMs)).toBe(true);
});

test('what another import says replaces what the one before said', async () => {
  const answers = [[pattern], [{ ...pattern, lineCount: 70 }]];
  const { run, said } = await open(() => Promise.resolve(answers[0] ?? []));
  await run(sinceMs);
  answers.shift();
  await run(sinceMs);
  expect((await said()).map(([, text]) => /about (\d+)/.exec(text ?? '')?.[1])).toEqual(['210']);
});

test('what Loki no longer has of the time before the ledger, as after a backfill, is said no more', async () => {
  const answers = [[pattern], []];
  const { run, said } = await open(() => Promise.resolve(answers[0] ?? []));
  await run(sinceMs);
  expect(await said()).toHaveLength(1);
  answers.shift();
  await run(sinceMs);
  expect(await said()).toEqual([]);
});

test('a pattern of no known cluster is left, and private text is not kept', async () => {
  const others = [
    { ...pattern, text: 'nobody has <_> ever counted' },
    { ...pattern, text: 'login of user <_> took <_> ms, ada@example.org' },
  ];
  const { run, said } = await open(() => Promise.resolve([...others, pattern]));
  expect(await run(sinceMs)).toMatchObject({ patternCount: 3, matchedCount: 2 });
  const texts = JSON.stringify(await said());
  expect(texts).toContain('login of user');
  expect(texts).not.toContain('example.org');
  expect(texts).not.toContain('ever counted');
});

test('a Loki without patterns is left out; when none has any, the job says what to set', async () => {
  const without = () =>
    Promise.reject(new PortError({ system: 'loki', kind: 'not-supported', message: 'no patterns' }));
  const some = await open(without, () => Promise.resolve([pattern]));
  expect(await some.run(sinceMs)).toMatchObject({ matchedCount: 1, sourcesWithout: ['0'] });
  // Asked once, not for each service and day.
  expect(some.asked.length).toBe(4);
  const none = await open(without);
  await expect(none.run(sinceMs)).rejects.toMatchObject({
    isRetryable: false,
    message: expect.stringContaining('pattern_ingester.enabled'),
  });
});

test('what Loki no longer has is not invented, and the result says from when on it had nothing', async () => {
  const { run, said } = await open(() => Promise.resolve([]));
  expect(await run(sinceMs)).toMatchObject({ patternCount: 0, matchedCount: 0, oldestPatternAt: null });
  expect(await said()).toEqual([]);
});

test('a job that is cancelled ends between two questions and leaves the history as it was', async () => {
  const stop = new AbortController();
  const { run, asked, said } = await open(() => {
    stop.abort(new Error('cancelled'));
    return Promise.resolve([pattern]);
  });
  await expect(run(sinceMs, stop.signal)).rejects.toThrow('cancelled');
  expect(asked).toHaveLength(1);
  expect(await said()).toEqual([]);
});
