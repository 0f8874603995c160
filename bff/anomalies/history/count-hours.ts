import { isQueryableLabelName, matcher, parseQuery, printQuery } from '@loghunter/engine/logql';
import { serviceOf, type Labels, type ServiceSettings } from '@loghunter/engine/records';
import { levelGuessedByLoki, levelOfLabels } from '@loghunter/engine/severity';
import type { HistoryHour, LogStore, MinuteRange, StreamCount } from '@loghunter/ports';
import { toNanoseconds } from '../../scanner/minutes.ts';

const minuteMs = 60_000;
const minutesPerHour = 60;
const hourMs = minutesPerHour * minuteMs;
/** Where levels stand without a look at the line: stream labels, structured metadata, and what Loki itself guesses. */
const levelNames = ['level', 'severity', 'severity_text', 'detected_level'];
/** Services of one query: with their levels, fewer series than the 500 that Loki answers with. */
const servicesPerQuery = 50;
/** Below this share of lines with a level, what has none may hide the errors. */
const leastKnownShare = 0.5;

/** What counting needs. */
export interface CountParts {
  readonly logs: LogStore;
  readonly services: ServiceSettings;
  readonly signal: AbortSignal;
}

/** What a service wrote in the range. */
interface Counted {
  readonly service: string;
  readonly namespace: string;
  readonly lines: Map<number, number>;
  readonly errors: Map<number, number>;
  lineCount: number;
  knownCount: number;
}

/**
 * Counts the lines of every service in the selectors by minute, and its error lines where labels or structured metadata tell levels, from
 * the log store's own counts: no line is read. `range` is of whole hours; hours in which a service has no line are left out. Throws
 * `PortError` of the log store.
 */
export async function countHours(
  parts: CountParts,
  selectors: readonly string[],
  range: MinuteRange
): Promise<readonly HistoryHour[]> {
  const found = new Map<string, Counted>();
  for (const text of selectors) {
    const { labelNames, queries } = await planQueries(parts, text, range);
    for (const selector of queries) {
      const counts = await parts.logs.countByLabels({
        ...{ selector, labelNames, stepMs: minuteMs, signal: parts.signal },
        ...toNanoseconds(range),
      });
      counts.forEach((count) => add(found, parts.services, count));
    }
  }
  return [...found.values()].flatMap((counted) => toHours(counted, range));
}

/** One query, or, where there are many services, one for so many of them. */
async function planQueries({ logs, services, signal }: CountParts, selector: string, range: MinuteRange) {
  const request = { selector, signal, ...toNanoseconds(range) };
  const present = new Set(await logs.listLabelNames(request));
  const naming = services.serviceLabels.filter((name) => present.has(name) && isQueryableLabelName(name));
  const spaces = services.namespaceLabels.filter((name) => present.has(name) && isQueryableLabelName(name));
  const [first] = naming;
  const values = first === undefined ? [] : await logs.listLabelValues(first, request);
  const queries =
    first === undefined || values.length <= servicesPerQuery
      ? [selector]
      : [...batchesOf(values).map((batch) => narrow(selector, first, batch)), narrow(selector, first, [])];
  return { labelNames: [...naming, ...spaces, ...levelNames], queries };
}

function batchesOf(values: readonly string[]): ReadonlyArray<readonly string[]> {
  const count = Math.ceil(values.length / servicesPerQuery);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * servicesPerQuery, (index + 1) * servicesPerQuery)
  );
}

/** The selector for streams whose label is one of the values; for none of them, those without the label. */
function narrow(selector: string, name: string, values: readonly string[]): string {
  const parsed = parseQuery(selector);
  if (parsed.kind !== 'query' || parsed.query.kind !== 'log') {
    return selector;
  }
  const expression = values.map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  const added = values.length === 0 ? matcher(name, '=', '') : matcher(name, '=~', expression);
  return printQuery({ ...parsed.query, matchers: [...parsed.query.matchers, added] });
}

function add(
  found: Map<string, Counted>,
  settings: ServiceSettings,
  { labels, startMs, lineCount }: StreamCount
): void {
  const { service, namespace } = serviceOf(labels, settings);
  const key = JSON.stringify([service, namespace]);
  const counted: Counted = found.get(key) ?? {
    ...{ service, namespace, lines: new Map<number, number>(), errors: new Map<number, number>() },
    ...{ lineCount: 0, knownCount: 0 },
  };
  found.set(key, counted);
  const level = levelOf(labels);
  counted.lineCount += lineCount;
  counted.knownCount += level === 'unknown' ? 0 : lineCount;
  counted.lines.set(startMs, (counted.lines.get(startMs) ?? 0) + lineCount);
  if (level === 'error' || level === 'fatal') {
    counted.errors.set(startMs, (counted.errors.get(startMs) ?? 0) + lineCount);
  }
}

function levelOf(labels: Labels) {
  return levelOfLabels(labels) ?? levelGuessedByLoki(labels) ?? 'unknown';
}

function toHours({ service, namespace, lines, errors, lineCount, knownCount }: Counted, range: MinuteRange) {
  const tellsLevels = knownCount >= lineCount * leastKnownShare;
  const hours: HistoryHour[] = [];
  for (let ms = range.fromMs; ms < range.toMs; ms += hourMs) {
    const lineCounts = minutesOf(lines, ms);
    // Of a service whose levels nobody knows, an empty hour is not one without errors.
    if (!tellsLevels || lineCounts.some((count) => count > 0)) {
      const errorCounts = tellsLevels ? minutesOf(errors, ms) : null;
      hours.push({ service, namespace, hourMs: ms, lineCounts, errorCounts });
    }
  }
  return hours;
}

function minutesOf(counts: ReadonlyMap<number, number>, ms: number): readonly number[] {
  return Array.from({ length: minutesPerHour }, (_, minute) => counts.get(ms + minute * minuteMs) ?? 0);
}
