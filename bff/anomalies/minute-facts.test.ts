import { createFakeCountHistoryStore, createFakeStores } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { createStoredCountHistory } from './history/stored-count-history.ts';
import { readKnownCounts } from './ledger-marks.ts';
import { readFacts } from './minute-facts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.UTC(2026, 9, 5, 12);
const endMs = startMs + 3 * hourMs;

/** A tenant of the fakes, what writes its ledger and history, and its facts as they are read. */
async function open() {
  const { ledger, series } = createFakeStores(() => endMs);
  const store = createFakeCountHistoryStore(ledger);
  const { id: tenantId } = await ledger.ensureTenant('default', null);
  const countHistory = createStoredCountHistory(store, tenantId);

  async function addWatch(name: string, oneIn = 1) {
    const wanted = { name, selectors: [`{watch="${name}"}`], discoveredLabelNames: [], oneIn };
    return (await ledger.ensureWatch(tenantId, wanted)).id;
  }

  async function read(
    watchId: string,
    service: string,
    range: { readonly fromMs: number; readonly toMs: number },
    { pod = '', ...counts }: { readonly lineCount: number; readonly unreadLineCount?: number; readonly pod?: string }
  ) {
    const minutes = Array.from({ length: (range.toMs - range.fromMs) / minuteMs }, (_, minute) => ({
      ...{
        labels: { service, watch: watchId, pod },
        service,
        namespace: '',
        minuteMs: range.fromMs + minute * minuteMs,
      },
      ...{ unreadLineCount: 0, ...counts, isClosed: true, counts: [] },
    }));
    const progress = { readFromMs: range.fromMs, readUpToMs: range.toMs };
    await ledger.write(tenantId, { watchId, minutes, clusters: [], samples: [], progress });
  }

  async function writeHistory(watchId: string, service: string, fromMs: number, toMs: number, lineCount: number) {
    const hours = Array.from({ length: (toMs - fromMs) / hourMs }, (_, hour) => ({
      ...{ service, namespace: '', hourMs: fromMs + hour * hourMs, errorCounts: null },
      lineCounts: Array.from({ length: 60 }, () => lineCount),
    }));
    await store.write(tenantId, hours, { watchId, range: { fromMs, toMs }, missing: [], isComplete: true });
  }

  async function factsAt(ms: number) {
    const known = await readKnownCounts({ ledger, countHistory }, tenantId);
    if (known === null) {
      throw new TypeError('A watch has read nothing');
    }
    const parts = { series, countHistory, offsetAt: () => 0 };
    const [facts] = await readFacts(parts, tenantId, { fromMs: ms, toMs: ms + minuteMs }, known.marks);
    return facts?.services.map(({ subject, lineCount, errorCount, isComplete }) => ({
      ...{ service: subject.service, lineCount, errorCount, isComplete },
    }));
  }

  return { ledger, tenantId, addWatch, read, writeHistory, factsAt };
}

test('lines that a retired watch read count once, although the watches that replace it count them as history', async () => {
  const opened = await open();
  const replacedAtMs = startMs + 2 * hourMs;
  const [other, whole] = [await opened.addWatch('other'), await opened.addWatch('whole')];
  await opened.read(other, 'mail', { fromMs: startMs, toMs: endMs }, { lineCount: 5 });
  await opened.read(whole, 'cart', { fromMs: startMs, toMs: replacedAtMs }, { lineCount: 100 });
  const shards = [await opened.addWatch('whole 1'), await opened.addWatch('whole 2')];
  await opened.ledger.retireOtherWatches(opened.tenantId, ['other', 'whole 1', 'whole 2']);
  for (const shard of shards) {
    await opened.read(shard, 'cart', { fromMs: replacedAtMs, toMs: endMs }, { lineCount: 50 });
    await opened.writeHistory(shard, 'cart', startMs - hourMs, replacedAtMs, 50);
  }
  const mail = { service: 'mail', lineCount: 5, errorCount: 0, isComplete: true };
  const cart = { service: 'cart', lineCount: 100, isComplete: true };
  expect(await opened.factsAt(startMs - minuteMs)).toEqual([{ ...cart, errorCount: null }]);
  expect(await opened.factsAt(startMs + hourMs)).toEqual(expect.arrayContaining([mail, { ...cart, errorCount: 0 }]));
  expect(await opened.factsAt(replacedAtMs)).toEqual(expect.arrayContaining([mail, { ...cart, errorCount: 0 }]));
});

test('a service that two watches share counts both, when one had been read and the other was only counted before its ledger', async () => {
  const opened = await open();
  const beganAtMs = startMs + 2 * hourMs;
  const [first, second] = [await opened.addWatch('first'), await opened.addWatch('second')];
  await opened.read(first, 'cart', { fromMs: startMs, toMs: endMs }, { lineCount: 100 });
  await opened.read(second, 'cart', { fromMs: beganAtMs, toMs: endMs }, { lineCount: 40 });
  await opened.writeHistory(first, 'cart', startMs - hourMs, startMs, 90);
  await opened.writeHistory(second, 'cart', startMs - hourMs, beganAtMs, 30);
  const cart = { service: 'cart', isComplete: true };
  expect(await opened.factsAt(startMs - minuteMs)).toEqual([{ ...cart, lineCount: 120, errorCount: null }]);
  expect(await opened.factsAt(startMs + hourMs)).toEqual([{ ...cart, lineCount: 130, errorCount: null }]);
  expect(await opened.factsAt(beganAtMs)).toEqual([{ ...cart, lineCount: 140, errorCount: 0 }]);
});

test('a service of a sampled watch is judged by all of its lines, one that is only counted by lines alone; lost lines make a minute unknown', async () => {
  const opened = await open();
  const range = { fromMs: startMs, toMs: startMs + hourMs };
  const [sampled, counted, whole] = [
    await opened.addWatch('sampled', 10),
    await opened.addWatch('counted', 0),
    await opened.addWatch('whole'),
  ];
  await opened.read(sampled, 'cart', range, { lineCount: 90, pod: 'busy' });
  await opened.read(sampled, 'cart', range, { lineCount: 0, unreadLineCount: 10, pod: 'quiet' });
  await opened.read(counted, 'mail', range, { lineCount: 0, unreadLineCount: 7 });
  await opened.read(whole, 'pay', range, { lineCount: 20, unreadLineCount: 3 });
  const facts = await opened.factsAt(startMs);
  expect(facts?.toSorted((a, b) => (a.service < b.service ? -1 : 1))).toEqual([
    { service: 'cart', lineCount: 100, errorCount: 0, isComplete: true },
    { service: 'mail', lineCount: 7, errorCount: null, isComplete: true },
    { service: 'pay', lineCount: 20, errorCount: 0, isComplete: false },
  ]);
});
