// Lines as they come, from a real Loki with tenants: watchers share a tail, and a connection that breaks costs no line and doubles none.
import { setTimeout as sleep } from 'node:timers/promises';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { systemClock } from '../../bff/clock.ts';
import { createTailHub, type TailHub } from '../../bff/tail/tail-hub.ts';
import type { LogStore } from '@loghunter/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasToxiproxy, startToxiproxy, type RunningToxiproxy } from '../servers/toxiproxy.ts';

const query = '{app="shop"}';
const { signal } = new AbortController();

describe.skipIf(!hasLoki() || !hasToxiproxy())('a live tail', () => {
  let loki: RunningLoki;
  let toxiproxy: RunningToxiproxy;
  let hub: TailHub;
  beforeAll(async () => {
    loki = await startLoki({ multiTenant: true });
    toxiproxy = await startToxiproxy(loki.url);
    hub = createTailHub();
  });
  afterAll(async () => {
    hub.stop();
    await Promise.all([toxiproxy.stop(), loki.stop()]);
  });

  const storeOf = (orgId: string, url = loki.url) => createLokiLogStore({ url, orgId, timeoutMs: 10_000 });
  const push = (store: LogStore, line: string, atMs = Date.now()) =>
    store.push(
      [{ labels: { app: 'shop' }, entries: [{ timestampNs: BigInt(atMs) * 1_000_000n, line, metadata: {} }] }],
      signal
    );

  /** Watches until `stop`; what was seen, in order of arrival. */
  function watch(tenantId: string, logs: LogStore): { readonly lines: string[]; stop(): Promise<void> } {
    const lines: string[] = [];
    const leaving = new AbortController();
    const parts = { logs, query, clock: systemClock, observeFailure: () => undefined };
    const pieces = hub.follow(tenantId, parts, leaving.signal);
    const watching = (async () => {
      for await (const piece of pieces) {
        lines.push(...piece.lines.map(({ entry }) => entry.line));
      }
    })();
    return {
      lines,
      async stop() {
        leaving.abort();
        await watching;
      },
    };
  }

  test('every watcher sees each line of the own tenant once, also lines that came while the connection was broken', async () => {
    const [own, other] = [storeOf('own'), storeOf('other')];
    const throughProxy = storeOf('own', toxiproxy.url);
    const watchers = [watch('own', throughProxy), watch('own', throughProxy), watch('other', other)];
    await sleep(500);
    const expected = Array.from({ length: 60 }, (_, index) => `order ${index}`);
    const pushing = (async () => {
      for (const line of expected) {
        await push(own, line);
        await push(other, `other ${line}`);
        await sleep(50);
      }
    })();
    await sleep(800);
    await toxiproxy.during({ type: 'reset_peer', attributes: { timeout: 0 } }, () => sleep(1200));
    await pushing;
    // A line that comes late is shown too.
    await push(own, 'late', Date.now() - 2000);
    await expect.poll(() => watchers[0]?.lines.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(61);
    await sleep(2500);
    const [first, second, third] = watchers.map(({ lines }) => lines.toSorted());
    expect(first).toEqual([...expected, 'late'].toSorted());
    expect(second).toEqual(first);
    expect(third).toEqual(expected.map((line) => `other ${line}`).toSorted());
    await Promise.all(watchers.map((watcher) => watcher.stop()));
  });

  test('a tenant has so many tails and no more, and may follow what is followed already', async () => {
    const logs = storeOf('own');
    const leaving = new AbortController();
    const follow = (app: string) =>
      hub.follow(
        'own',
        { logs, query: `{app="${app}"}`, clock: systemClock, observeFailure: () => undefined },
        leaving.signal
      );
    const started = Array.from({ length: 6 }, (_, index) => follow(`app-${index}`).next());
    expect(() => follow('one-more')).toThrow(/6 different queries/);
    started.push(follow('app-0').next());
    leaving.abort();
    await Promise.all(started);
    const again = follow('one-more').next();
    await again;
  });
});
