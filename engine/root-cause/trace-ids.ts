import type { Labels, LogEntry } from '../records/index.ts';

/** Names under which collectors and loggers keep ids of traces and spans, in lower case without separators. */
const traceNames: ReadonlySet<string> = new Set([
  'traceid',
  'oteltraceid',
  'ddtraceid',
  'xb3traceid',
  'correlationid',
  'requestid',
]);
const spanNames: ReadonlySet<string> = new Set(['spanid', 'otelspanid', 'ddspanid', 'xb3spanid']);

/** Characters of a line that are searched: ids stand near one of its ends. */
const searchedLength = 4000;
const traceInText = /\btrace[._-]?id["']?\s?[=:]\s?["']?([0-9a-f][0-9a-f-]{7,63})\b/i;
const spanInText = /\bspan[._-]?id["']?\s?[=:]\s?["']?([0-9a-f]{8,32})\b/i;
/** W3C Trace Context: version, trace id, parent id, flags. */
const traceParent = /\b00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\b/;

/** Ids of the trace and the span that a line belongs to, from structured metadata or from its text; empty when it names none. */
export function readTraceIds(entry: LogEntry): { readonly traceId: string; readonly spanId: string } {
  const traceId = readNamed(entry.metadata, traceNames);
  if (traceId !== '') {
    return { traceId, spanId: readNamed(entry.metadata, spanNames) };
  }
  const text = entry.line.slice(0, searchedLength);
  const found = traceInText.exec(text)?.[1];
  if (found !== undefined) {
    return { traceId: found, spanId: spanInText.exec(text)?.[1] ?? '' };
  }
  const parent = traceParent.exec(text);
  return { traceId: parent?.[1] ?? '', spanId: parent?.[2] ?? '' };
}

function readNamed(labels: Labels, names: ReadonlySet<string>): string {
  for (const [name, value] of Object.entries(labels)) {
    if (names.has(name.toLowerCase().replaceAll(/[._-]/g, ''))) {
      return value;
    }
  }
  return '';
}
