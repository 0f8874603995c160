// Two ways into one Loki that give the same lines: a token or an X-Scope-OrgID may tell them apart, or not; only their lines say.
import { isQueryableLabelName, matcher, printQuery, selector } from '@loghunter/engine/logql';
import type { Labels, LogEntry } from '@loghunter/engine/records';
import { isPortError, type LogStore, type NanosecondRange } from '@loghunter/ports';
import type { Logger } from 'pino';
import { streamKeyOf } from '../events/stream-key.ts';
import { StartError } from '../start-error.ts';

/** A log source, and the place where it lies. */
export interface PlacedSource {
  /** As people know it. */
  readonly title: string;
  /** The address, in one spelling. */
  readonly place: string;
  readonly store: LogStore;
}

type ComparedRequest = NanosecondRange & { readonly signal: AbortSignal };

/** Lines of this time are compared: what an hour does not have tells nothing. */
const comparedMs = 3_600_000;
/** Looked into before two sources count as different. */
const maxStreams = 5;
const maxEntries = 100;
/** A server that starts does not wait longer for Lokis that hang, however many sources are compared. */
const patienceMs = 10_000;

/**
 * Throws `StartError` `same-logs` when two sources of one place gave the same line of the last hour: it would be counted twice, or be read by
 * two tenants. Those that do not answer are let through with a warning.
 */
export async function refuseSameLogs(
  sources: readonly PlacedSource[],
  nowMs: number,
  logger: Pick<Logger, 'warn'>
): Promise<void> {
  const range = { fromNs: BigInt(nowMs - comparedMs) * 1_000_000n, toNs: BigInt(nowMs) * 1_000_000n };
  const request = { ...range, signal: AbortSignal.timeout(patienceMs) };
  for (const [index, one] of sources.entries()) {
    for (const other of sources.slice(index + 1).filter(({ place }) => place === one.place)) {
      if (await giveSameLine(one, other, request, logger)) {
        throw new StartError(
          'same-logs',
          `${one.title} and ${other.title} give the same logs, which would be counted twice: leave one of them out of LOGHUNTER_LOKI_SOURCES`
        );
      }
    }
  }
}

async function giveSameLine(
  one: PlacedSource,
  other: PlacedSource,
  request: ComparedRequest,
  logger: Pick<Logger, 'warn'>
): Promise<boolean> {
  try {
    for (const labels of (await listSharedStreams(one.store, other.store, request)).slice(0, maxStreams)) {
      const query = printQuery(selector(...Object.entries(labels).map(([name, value]) => matcher(name, '=', value))));
      const [lines, others] = await Promise.all(
        [one, other].map(({ store }) =>
          store.findEntries({ ...request, query, direction: 'oldest-first', limit: maxEntries })
        )
      );
      const known = new Set(lines?.map(identityOf));
      if (others?.some((entry) => known.has(identityOf(entry)))) {
        return true;
      }
    }
  } catch (error) {
    if (!isPortError(error) && !request.signal.aborted) {
      throw error;
    }
    logger.warn(
      { err: error, sources: [one.title, other.title] },
      'log sources of one address could not be told from each other'
    );
  }
  return false;
}

async function listSharedStreams(one: LogStore, other: LogStore, request: ComparedRequest): Promise<readonly Labels[]> {
  const [names, otherNames] = await Promise.all([one.listLabelNames(request), other.listLabelNames(request)]);
  const name = names.find((candidate) => isQueryableLabelName(candidate) && otherNames.includes(candidate));
  if (name === undefined) {
    return [];
  }
  const labelled = { ...request, selector: printQuery(selector(matcher(name, '=~', '.+'))) };
  const [streams, otherStreams] = await Promise.all([one.listStreams(labelled), other.listStreams(labelled)]);
  const keys = new Set(otherStreams.map(streamKeyOf));
  return streams.filter((labels) => keys.has(streamKeyOf(labels)));
}

function identityOf({ timestampNs, line }: LogEntry): string {
  return `${timestampNs} ${line}`;
}
