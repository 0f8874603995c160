import { PortError, type LogStore } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { refuseSameLogs } from './refuse-same-logs.ts';

const nowMs = Date.UTC(2026, 9, 5, 10);
const logger = pino({ level: 'silent' });
const { signal } = new AbortController();

async function storeWith(line: string): Promise<LogStore> {
  const store = createFakeLogStore();
  const entries = [{ timestampNs: BigInt(nowMs - 60_000) * 1_000_000n, line, metadata: {} }];
  await store.push([{ labels: { service_name: 'shop' }, entries }], signal);
  return store;
}

const placed = (title: string, store: LogStore, place = 'http://loki:3100') => ({ title, place, store });

test('sources of one address that give the same line are refused by name; others are not', async () => {
  const [one, same, different] = [await storeWith('paid'), await storeWith('paid'), await storeWith('refused')];
  await expect(refuseSameLogs([placed('eu', one), placed('us', same)], nowMs, logger)).rejects.toMatchObject({
    kind: 'same-logs',
    message: expect.stringMatching(/^eu and us give the same logs/),
  });
  await refuseSameLogs([placed('eu', one), placed('us', different)], nowMs, logger);
  await refuseSameLogs([placed('eu', one), placed('us', createFakeLogStore())], nowMs, logger);
  await refuseSameLogs([placed('eu', one), placed('us', same, 'http://loki-us:3100')], nowMs, logger);
});

test('a source that does not answer keeps no server from starting, and the log says why', async () => {
  const away = { ...createFakeLogStore(), listLabelNames: () => Promise.reject(failure) };
  const failure = new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' });
  const warnings: unknown[] = [];
  const listening = { warn: (fields: unknown) => void warnings.push(fields) };
  await refuseSameLogs([placed('eu', await storeWith('paid')), placed('us', away)], nowMs, listening);
  expect(warnings).toEqual([{ err: failure, sources: ['eu', 'us'] }]);
});

test('sources that all hang are waited for once', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new Error('too long')));
  onTestFinished(() => void vi.restoreAllMocks());
  const hanging: LogStore = {
    ...createFakeLogStore(),
    listLabelNames: ({ signal: given }) => Promise.reject(given.reason),
  };
  const sources = ['one', 'two', 'three', 'four'].map((title) => placed(title, hanging));
  await refuseSameLogs(sources, nowMs, logger);
  expect(AbortSignal.timeout).toHaveBeenCalledTimes(1);
});
