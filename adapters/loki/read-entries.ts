import { parseQuery, printQuery, selector } from '@loghunter/engine/logql';
import { mergePages, type EntryPage, type ReadEntriesRequest } from '@loghunter/ports';

import { divideByValues } from './divide-by-values.ts';
import type { LokiConnection } from './loki-connection.ts';
import { listStreams } from './list-streams.ts';
import { commonLabelNames } from './mixed-labels.ts';
import { readNanosecond } from './read-nanosecond.ts';
import type { PageReader } from './read-page.ts';
import { splitByNames } from './split-by-names.ts';

/**
 * Reads all entries of a query. Streams with different label names are read apart and put together again (see split-by-names.ts). Loki finds
 * the place of a page anew in every stream, half a block of lines each time: where the order of streams does not matter, they are read a
 * page's worth at a time. A query outside the tree of engine/logql is read in one.
 */
export async function* readEntries(
  connection: LokiConnection,
  pages: PageReader,
  request: ReadEntriesRequest
): AsyncGenerator<EntryPage> {
  if (request.fromNs >= request.toNs) {
    yield { entries: [], completeBeforeNs: request.toNs, unreadableEntryCount: 0 };
    return;
  }
  const parts = await splitQuery(connection, request, pages.maxEntries);
  const sequences = parts.map(({ query, labelNames }) =>
    readForward(connection, pages, { ...request, query, labelNames })
  );
  yield* request.expectedByStream === undefined ? mergePages(sequences, request) : oneByOne(sequences, request);
}

async function* oneByOne(
  sequences: ReadonlyArray<AsyncGenerator<EntryPage>>,
  { fromNs }: ReadEntriesRequest
): AsyncGenerator<EntryPage> {
  for (const [place, sequence] of sequences.entries()) {
    for await (const page of sequence) {
      yield place === sequences.length - 1 ? page : { ...page, completeBeforeNs: fromNs };
    }
  }
}

interface QueryPart {
  readonly query: string;
  /** Names of all stream labels, when every stream has the same, none is new and lines are not looked into. */
  readonly labelNames: ReadonlySet<string> | undefined;
}

async function splitQuery(
  connection: LokiConnection,
  request: ReadEntriesRequest,
  pageSize: number
): Promise<readonly QueryPart[]> {
  const parsed = parseQuery(request.query);
  if (parsed.kind !== 'query' || parsed.query.kind !== 'log') {
    return [{ query: request.query, labelNames: undefined }];
  }
  const { query } = parsed;
  const streams = await listStreams(connection, { ...request, selector: printQuery(selector(...query.matchers)) });
  return splitByNames(streams).flatMap(({ matchers, streams: members }) => {
    const isTellable = request.isSettled === true && query.stages.length === 0;
    const labelNames = isTellable ? (commonLabelNames(members) ?? undefined) : undefined;
    const share = members.length / Math.max(1, streams.length);
    const partCount = Math.ceil(((request.expectedByStream ?? 0) * share) / pageSize);
    return divideByValues(members, partCount).map((own) => {
      const added = [...matchers, ...own];
      return {
        query: added.length === 0 ? request.query : printQuery({ ...query, matchers: [...query.matchers, ...added] }),
        labelNames,
      };
    });
  });
}

/**
 * Reads forward. A full page may end inside a nanosecond, so entries at its last time are held back and read again
 * with the next page: nothing is lost and nothing comes twice, without remembering what came before.
 */
async function* readForward(
  connection: LokiConnection,
  pages: PageReader,
  request: ReadEntriesRequest & Pick<QueryPart, 'labelNames'>
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
}
