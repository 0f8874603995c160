import { createFakeLiveBus, createFakeLiveStore, createManualClock } from '@loghunter/ports/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer } from '../testing/test-server.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { maxLiveStreams } from './live-places.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const tenantId = crypto.randomUUID();

function createFeed(readEnds = createFakeLiveStore().readEnds): LiveFeed {
  return createLiveFeed({
    ...{ store: { ...createFakeLiveStore(), readEnds }, bus: createFakeLiveBus(), clock: createManualClock(0) },
    unitOfWork: { afterCommit: (action) => action() },
    observeFailure: () => undefined,
  });
}

/** Takes all places of a tenant but so many. */
function fill(live: LiveFeed, id: string, freeCount = 0): AbortController {
  const clients = new AbortController();
  for (let count = freeCount; count < maxLiveStreams; count += 1) {
    live.follow(id, null, clients.signal);
  }
  return clients;
}

const isFull = (live: LiveFeed) => {
  const client = new AbortController();
  try {
    live.follow(tenantId, null, client.signal);
    return false;
  } catch {
    return true;
  } finally {
    client.abort();
  }
};

describe('open live streams', () => {
  test('of a tenant are bounded: one more is refused at once, and other tenants have theirs', async () => {
    const server = await createTestServer();
    const clients = fill(server.live, server.tenantId);
    const refused = await server.get('/api/v1/live');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      code: 'rate-limited',
      detail: expect.stringContaining('500 live streams of your tenant'),
    });
    expect(() => server.live.follow(tenantId, null, AbortSignal.abort())).not.toThrow();
    clients.abort();
    const answered = await server.get('/api/v1/live');
    expect(answered.status).toBe(200);
    await answered.body?.cancel();
  });

  test('over the API free their place when the client ends them', async () => {
    const server = await createTestServer();
    fill(server.live, server.tenantId, 1);
    for (let count = 0; count < 3; count += 1) {
      const answer = await server.get('/api/v1/live');
      expect([answer.status, (await server.get('/api/v1/live')).status]).toEqual([200, 429]);
      await answer.body?.cancel();
    }
  });

  test('free their place once, however they end', async () => {
    const live = createFeed();
    fill(live, tenantId, 1);
    const client = new AbortController();
    const ends: ReadonlyArray<(events: ReturnType<LiveFeed['follow']>) => unknown> = [
      (events) => events.return?.(),
      (events) => Promise.all([events.return?.(), events.return?.()]),
      async (events) => {
        const next = events.next();
        client.abort();
        await next;
        await events.return?.();
      },
    ];
    for (const end of ends) {
      const events = live.follow(tenantId, null, client.signal);
      expect(isFull(live)).toBe(true);
      await end(events);
      expect(isFull(live)).toBe(false);
    }
    live.follow(tenantId, null, AbortSignal.abort());
    expect(isFull(live)).toBe(false);
    fill(live, tenantId, maxLiveStreams - 1);
    expect(isFull(live)).toBe(true);
  });

  test('free their place when the store is away', async () => {
    const live = createFeed(() => Promise.reject(new Error('away')));
    fill(live, tenantId, 1);
    for (let count = 0; count < 2; count += 1) {
      await expect(live.follow(tenantId, null, new AbortController().signal).next()).rejects.toThrow('away');
    }
  });
});
