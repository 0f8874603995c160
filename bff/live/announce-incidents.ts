import type { NoticeStore } from '@loghunter/ports';
import type { LiveFeed } from './live-feed.ts';

/** The outbox, which tells open pages of incidents in the transaction in which people are told of them. */
export function announceIncidents(notices: NoticeStore, live: Pick<LiveFeed, 'announce'>): NoticeStore {
  return {
    ...notices,
    async add(tenantId, notice) {
      const added = await notices.add(tenantId, notice);
      if (added.isNew && notice.incidentId !== null) {
        await live.announce(tenantId, 'incident', [notice.incidentId]);
      }
      return added;
    },
  };
}
