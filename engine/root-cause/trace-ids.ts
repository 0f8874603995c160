import type { Labels, LogEntry } from '../records/index.ts';

/** Names under which collectors and loggers keep ids of traces and spans, in lower case without separators; the first that is there counts. */
const traceNames: readonly string[] = ['traceid', 'oteltraceid', 'ddtraceid', 'xb3traceid'];
/** Ids that hold a request together where nothing names a trace: often only one service writes them. */
const requestNames: readonly string[] = ['correlationid', 'requestid'];
const spanNames: readonly string[] = ['spanid', 'otelspanid', 'ddspanid', 'xb3spanid'];

/** Characters of a line that are searched: ids stand near one of its ends. */
const searchedLength = 4000;
const traceInText = /\btrace[._-]?id["']?\s?[=:]\s?["']?([0-9a-f][0-9a-f-]{7,63})\b/i;
const spanInText = /\bspan[._-]?id["']?\s?[=:]\s?["']?([0-9a-f]{8,32})\b/i;
/** W3C Trace Context: version, trace id, parent id, flags. */
const traceParent = /\b00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\b/;

/** Ids of the trace and the span that a line belongs to, from structured metadata or from its text; empty when it names none. */
export function readTraceIds(entry: LogEntry): { readonly traceId: string; readonly spanId: string } {
  const named = byPlainName(entry.metadata);
  const spanId = valueOf(named, spanNames);
  const traceId = valueOf(named, traceNames);
  if (traceId !== '') {
    return { traceId, spanId };
  }
  const text = entry.line.slice(0, searchedLength);
  const found = traceInText.exec(text)?.[1];
  if (found !== undefined) {
    return { traceId: found, spanId: spanInText.exec(text)?.[1] ?? spanId };
  }
  const parent = traceParent.exec(text);
  if (parent !== null) {
    return { traceId: parent[1] ?? '', spanId: parent[2] ?? '' };
  }
  const requestId = valueOf(named, requestNames);
  return { traceId: requestId, spanId: requestId === '' ? '' : spanId };
}

/** Values that are not empty by their names in lower case without separators. */
function byPlainName(labels: Labels): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(labels)) {
    const plain = name.toLowerCase().replaceAll(/[._-]/g, '');
    if (value !== '' && !found.has(plain)) {
      found.set(plain, value);
    }
  }
  return found;
}

function valueOf(named: ReadonlyMap<string, string>, names: readonly string[]): string {
  return names.map((name) => named.get(name)).find((value) => value !== undefined) ?? '';
}
