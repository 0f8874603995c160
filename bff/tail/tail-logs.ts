import type { RequestOf, TailEvent } from '@loghunter/contracts';
import type { TailLine as PresentedLine } from '@loghunter/contracts';
import { presentLine } from '../clusters/list-cluster-lines.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { buildSearchQuery } from '../search/search-query.ts';
import type { SearchFeature } from '../search/search-feature.ts';
import { idOfLine, overlapMs, type TailLine, type TailPiece } from './shared-tail.ts';
import type { TailHub } from './tail-hub.ts';

/** What following lines needs. */
export interface TailFeature extends SearchFeature {
  readonly tails: TailHub;
  readonly observeFailure: (error: unknown) => void;
}

type Request = RequestOf<'tailLogs'>;

const hourMs = 3_600_000;
const msToNs = 1_000_000n;
/** Lines that are read again for one who comes back; what was missed before them is in the search. */
const maxReplayed = 1000;
/** Who begins is shown the end of the last minute. */
const shownPastMs = 60_000;
const maxShownPast = 50;
/** Who slept longer is told of a gap: reading all of a night could cost more than the budget allows. */
const maxMissedMs = 600_000;

/** `GET /api/v1/tail`: goes on where the client's Last-Event-ID, or `after`, says. */
export async function tailLogs(
  feature: TailFeature,
  request: Request,
  { lastEventId, signal }: CallContext
): Promise<AsyncIterable<TailEvent>> {
  const { tenantId, tails, logs, clock, observeFailure, identifier } = feature;
  const nowMs = clock.nowMs();
  const { text: query } = await buildSearchQuery(feature, request, { fromMs: nowMs - hourMs, toMs: nowMs });
  await identifier.rules.refresh();
  const after = [lastEventId, request.after].find((position) => position !== undefined && /^\d{1,19}$/.test(position));
  const pieces = tails.follow(tenantId, { logs, query, clock, observeFailure }, signal);
  try {
    // Before the answer begins, so that a store that is away or a query that costs too much is answered as such.
    const past = await readPast(feature, query, after, signal);
    return presentPieces(feature, request, goOnAfter(past, pieces), BigInt(after ?? 0));
  } catch (error) {
    await pieces.return?.();
    throw error;
  }
}

/** What stands before the first new line: the end of what is there, or what was missed since `after`. */
async function readPast(
  { logs, clock }: TailFeature,
  query: string,
  after: string | undefined,
  signal: AbortSignal
): Promise<TailPiece> {
  const nowNs = BigInt(clock.nowMs()) * msToNs;
  const wantedNs =
    after === undefined ? nowNs - BigInt(shownPastMs) * msToNs : BigInt(after) - BigInt(overlapMs) * msToNs;
  const oldestNs = nowNs - BigInt(maxMissedMs) * msToNs;
  const limit = after === undefined ? maxShownPast : maxReplayed;
  const range = { fromNs: wantedNs < oldestNs ? oldestNs : wantedNs, toNs: nowNs + 1000n * msToNs };
  const entries = await logs.findEntries({ query, ...range, direction: 'newest-first', limit, signal });
  const lines = entries.toReversed().map((entry) => ({ id: idOfLine(entry), entry }));
  return { lines, isGap: after !== undefined && (wantedNs < oldestNs || entries.length === limit) };
}

async function* goOnAfter(past: TailPiece, pieces: AsyncIterable<TailPiece>): AsyncGenerator<TailPiece> {
  const known = new Set(past.lines.map(({ id }) => id));
  yield past;
  for await (const { lines, isGap } of pieces) {
    yield { lines: lines.filter(({ id }) => !known.has(id)), isGap };
  }
}

async function* presentPieces(
  feature: TailFeature,
  request: Request,
  pieces: AsyncGenerator<TailPiece>,
  afterNs: bigint
): AsyncGenerator<TailEvent> {
  let positionNs = afterNs;
  for await (const { lines, isGap } of pieces) {
    for (const { entry } of lines) {
      positionNs = entry.timestampNs > positionNs ? entry.timestampNs : positionNs;
    }
    const presented = lines.flatMap((line) => presentTailLine(feature, request, line) ?? []);
    if (presented.length > 0 || isGap) {
      yield { position: String(positionNs), lines: presented, isGap };
    }
  }
}

function presentTailLine(
  { identifier }: TailFeature,
  { service, namespace, level }: Request,
  { id, entry }: TailLine
): PresentedLine | undefined {
  // A line as it comes: whether it goes on from the one before is not known yet.
  const event = { entries: [entry], text: entry.line } as const;
  const known = identifier.identify(event);
  const isWanted =
    isAnyOf(service, known.service) && isAnyOf(namespace, known.namespace) && isAnyOf(level, known.level);
  return isWanted
    ? { ...presentLine(event, known.level), id, service: known.service, namespace: known.namespace }
    : undefined;
}

function isAnyOf<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}
