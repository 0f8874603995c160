import { matcher, parseQuery, printQuery } from '@loghunter/engine/logql';
import type { LogStore } from '@loghunter/ports';

/** What the lines have that this server writes about anomalies: they are never read back, or each anomaly would make the next. */
const ownLines = matcher('loghunter', '!=', 'anomaly');

/** A log store without the lines that this server writes. */
export function withoutOwnLines(store: LogStore): LogStore {
  return {
    ...store,
    readEntries: (request) => store.readEntries({ ...request, query: exclude(request.query) }),
    findEntries: (request) => store.findEntries({ ...request, query: exclude(request.query) }),
    countEntries: (request) => store.countEntries({ ...request, selector: exclude(request.selector) }),
    countByLabels: (request) => store.countByLabels({ ...request, selector: exclude(request.selector) }),
    listStreams: (request) => store.listStreams({ ...request, selector: exclude(request.selector) }),
    readStats: (request) => store.readStats({ ...request, selector: exclude(request.selector) }),
  };
}

// What is not a log query is the store's to refuse.
function exclude(text: string): string {
  const parsed = parseQuery(text);
  if (parsed.kind !== 'query' || parsed.query.kind !== 'log') {
    return text;
  }
  const { query } = parsed;
  return printQuery({ ...query, matchers: [...query.matchers, ownLines] });
}
