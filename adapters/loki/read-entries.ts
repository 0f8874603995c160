import type { EntryPage, ReadEntriesRequest } from '@loghunter/ports';

import type { LokiConnection } from './loki-connection.ts';
import { readNanosecond } from './read-nanosecond.ts';
import type { PageReader } from './read-page.ts';

/**
 * Reads all entries forward. A full page may end inside a nanosecond, so entries at its last time are held back and read again
 * with the next page: nothing is lost and nothing comes twice, without remembering what came before.
 */
export async function* readEntries(
  connection: LokiConnection,
  pages: PageReader,
  request: ReadEntriesRequest
): AsyncGenerator<EntryPage> {
  let fromNs = request.fromNs;
  while (fromNs < request.toNs) {
    const page = await pages.read({ ...request, fromNs, direction: 'forward' });
    const lastNs = page.entries.at(-1)?.timestampNs;
    if (!page.isFull || lastNs === undefined) {
      yield { entries: page.entries, completeBeforeNs: request.toNs, unreadableEntryCount: 0 };
      return;
    }
    const settled = page.entries.filter((entry) => entry.timestampNs < lastNs);
    if (settled.length > 0) {
      yield { entries: settled, completeBeforeNs: lastNs, unreadableEntryCount: 0 };
      fromNs = lastNs;
    } else {
      const moment = await readNanosecond(connection, pages, { ...request, atNs: lastNs, firstPage: page.entries });
      fromNs = lastNs + 1n;
      yield { ...moment, completeBeforeNs: fromNs };
    }
  }
  if (request.fromNs >= request.toNs) {
    yield { entries: [], completeBeforeNs: request.toNs, unreadableEntryCount: 0 };
  }
}
