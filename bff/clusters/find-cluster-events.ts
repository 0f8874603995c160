// Finds a cluster's newest events in the log store: LogQL narrows down, the fingerprint decides. Reads backwards in pages
// until there are enough events, the range ends, or the budget of lines and time is spent.
import { printQuery, type LogQuery } from '@loghunter/engine/logql';
import type { LogEvent } from '@loghunter/engine/multiline';
import type { LogEntry } from '@loghunter/engine/records';
import type { Level } from '@loghunter/engine/severity';
import { isPortError, type NanosecondRange } from '@loghunter/ports';
import { isProblemError } from '../http/problem-error.ts';
import type { ClusterFeature } from './cluster-feature.ts';
import { joinAround } from './join-around.ts';

/** Lines read for one request at most: about a second of Loki's time. */
const maxScannedLines = 20_000;
/** Time for one request, well below the patience of Grafana's users. */
const maxSearchMs = 5000;
const pageLines = 1000;

/** What is looked for. */
export interface EventSearch extends NanosecondRange {
  readonly clusterId: string;
  readonly query: LogQuery;
  readonly limit: number;
  /** Whether events of the cluster take several lines. */
  readonly isJoined: boolean;
  readonly signal: AbortSignal;
}

/** Events found, newest first. */
export interface FoundEvents {
  readonly events: ReadonlyArray<{ readonly event: LogEvent; readonly level: Level }>;
  readonly scannedLineCount: number;
  readonly isComplete: boolean;
}

/** Searches backwards from the end of the range; once more without line filters when these find none of the cluster's events. */
export async function findClusterEvents(feature: ClusterFeature, search: EventSearch): Promise<FoundEvents> {
  await feature.identifier.rules.refresh();
  const found = await searchBackwards(feature, search);
  if (found.events.length > 0 || !found.isComplete || search.query.stages.length === 0) {
    return found;
  }
  return searchBackwards(feature, { ...search, query: { ...search.query, stages: [] } }, found);
}

/** @param before what was found by a narrower search, which then stands when this one may not begin */
async function searchBackwards(
  feature: ClusterFeature,
  search: EventSearch,
  before: FoundEvents | null = null
): Promise<FoundEvents> {
  const deadline = AbortSignal.timeout(maxSearchMs);
  const state: SearchState = {
    events: new Map(),
    scannedLineCount: before?.scannedLineCount ?? 0,
    toNs: search.toNs,
    isComplete: false,
    hasAnswer: before !== null,
  };
  const bounded: EventSearch = { ...search, signal: AbortSignal.any([search.signal, deadline]) };
  try {
    while (!state.isComplete && state.events.size < search.limit && state.scannedLineCount < maxScannedLines) {
      await searchPage(feature, bounded, state);
    }
  } catch (error) {
    // What was found so far is an answer, and says that it is not complete.
    if (search.signal.aborted || !(deadline.aborted ? isPortError(error) || isAbort(error) : endsEarly(error, state))) {
      throw error;
    }
  }
  const newestFirst = [...state.events.values()].toSorted((a, b) => compareTimes(b.event, a.event));
  return {
    events: newestFirst.slice(0, search.limit),
    scannedLineCount: state.scannedLineCount,
    // More events on the last page than were asked for are no gap: the caller asked for the newest.
    isComplete: state.isComplete || newestFirst.length >= search.limit,
  };
}

interface SearchState {
  readonly events: Map<string, { readonly event: LogEvent; readonly level: Level }>;
  scannedLineCount: number;
  toNs: bigint;
  isComplete: boolean;
  /** Whether a part of the answer is known. */
  hasAnswer: boolean;
}

async function searchPage(feature: ClusterFeature, search: EventSearch, state: SearchState): Promise<void> {
  const { fromNs, signal } = search;
  const entries = await feature.logs.findEntries({
    query: printQuery(search.query),
    fromNs,
    toNs: state.toNs,
    direction: 'newest-first',
    limit: pageLines,
    signal,
  });
  state.scannedLineCount += entries.length;
  state.hasAnswer = true;
  const joined = search.isJoined
    ? await joinAround(feature.logs, entries, signal)
    : { events: entries.map(singleEvent), extraLineCount: 0 };
  state.scannedLineCount += joined.extraLineCount;
  for (const event of joined.events) {
    keepIfMember(feature, search, state, event);
  }
  const oldest = entries.at(-1);
  if (oldest === undefined || entries.length < pageLines) {
    state.isComplete = true;
    return;
  }
  // The oldest nanosecond may hold more than this page had: it is read again, unless it fills whole pages.
  state.toNs = oldest.timestampNs + 1n < state.toNs ? oldest.timestampNs + 1n : oldest.timestampNs;
}

function keepIfMember(feature: ClusterFeature, search: EventSearch, state: SearchState, event: LogEvent): void {
  const [first] = event.entries;
  if (first.timestampNs < search.fromNs || first.timestampNs >= search.toNs) {
    return;
  }
  const known = feature.identifier.identify(event);
  const clusterId = feature.identifier.canonicalIdOf(known);
  if (clusterId === search.clusterId) {
    state.events.set(identityKey(first), { event, level: known.level });
  }
}

function singleEvent(entry: LogEntry): LogEvent {
  return { entries: [entry], text: entry.line };
}

// A line's identity: stream, nanosecond, line, structured metadata (ADR 3).
function identityKey(entry: LogEntry): string {
  return JSON.stringify([String(entry.timestampNs), entry.line, sorted(entry.labels), sorted(entry.metadata)]);
}

function sorted(labels: Readonly<Record<string, string>>): ReadonlyArray<readonly [string, string]> {
  return Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function compareTimes(a: LogEvent, b: LogEvent): number {
  return Number(a.entries[0].timestampNs - b.entries[0].timestampNs);
}

/** Whether a search that has begun may end with what it has: the budget or the log store lets no further page through for now. */
function endsEarly(error: unknown, state: SearchState): boolean {
  const isHeldUp = isProblemError(error)
    ? error.code === 'rate-limited' || error.code === 'query-rejected'
    : isPortError(error) && error.isRetryable;
  return isHeldUp && state.hasAnswer;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
