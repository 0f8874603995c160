import type { LiveEvent, RequestOf } from '@loghunter/contracts';
import type { Clock, LiveRow } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { LiveFeed, LiveGap } from './live-feed.ts';

/** What the live stream needs. */
export interface LiveFeature {
  readonly tenantId: string;
  readonly live: LiveFeed;
  readonly clock: Clock;
}

/** `GET /api/v1/live`: goes on where the client's Last-Event-ID, `after` or `within` says. */
export async function watchLive(
  feature: LiveFeature,
  { after, within, topic }: RequestOf<'watchLive'>,
  { lastEventId, signal }: CallContext
): Promise<AsyncIterable<LiveEvent>> {
  const position = [lastEventId, after].find((text) => text !== undefined && /^\d{1,16}$/.test(text));
  const lookBack = within === undefined ? null : { sinceMs: feature.clock.nowMs() - within * 1000 };
  const start = position === undefined ? lookBack : Number(position);
  return presentEvents(feature, feature.live.follow(feature.tenantId, start, signal), topic);
}

async function* presentEvents(
  { clock }: LiveFeature,
  events: AsyncIterable<LiveRow | LiveGap>,
  topics: readonly string[] | undefined
): AsyncGenerator<LiveEvent> {
  for await (const row of events) {
    const position = String(row.position);
    if (row.topic === 'gap') {
      yield { position, topic: 'gap', ids: [], at: toTimestamp(clock.nowMs()) };
    } else if (topics === undefined || topics.includes(row.topic)) {
      yield { position, topic: row.topic, ids: [...row.ids], at: toTimestamp(row.atMs) };
    }
  }
}
