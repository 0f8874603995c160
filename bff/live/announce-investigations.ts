import type { InvestigationStore } from '@loghunter/ports';
import type { LiveFeed } from './live-feed.ts';

/**
 * The investigations, which tell open pages of a change in its transaction. Everything that is done with an investigation is written into
 * its history; what is taken out of it is not.
 */
export function announceInvestigations(
  investigations: InvestigationStore,
  live: Pick<LiveFeed, 'announce'>
): InvestigationStore {
  // Inherited, not copied: what a store can do need not be its own properties.
  const inherited = Object.create(investigations) as InvestigationStore;
  return Object.assign(inherited, {
    async addEntry(tenantId, id, entry) {
      const added = await investigations.addEntry(tenantId, id, entry);
      await live.announce(tenantId, 'investigation', [id]);
      return added;
    },
    async unpinLine(tenantId, id, lineId) {
      const isGone = await investigations.unpinLine(tenantId, id, lineId);
      if (isGone) {
        await live.announce(tenantId, 'investigation', [id]);
      }
      return isGone;
    },
  } satisfies Partial<InvestigationStore>);
}
