// Which streams an analysis reads: those of everything that writes, unless a trace says which services are meant.
import {
  isQueryableLabelName,
  lineFilter,
  partitionSelectors,
  printQuery,
  selector,
  withStages,
  type LogQuery,
} from '@loghunter/engine/logql';
import { matchStreams } from '../events/match-streams.ts';
import type { ServiceSettings } from '@loghunter/engine/records';
import type { LogStore, NanosecondRange } from '@loghunter/ports';
import type { EventIdentifier } from '../events/identify-event.ts';

/** More values than this in one matcher cost Loki more than the matcher saves. */
const maxAlternatives = 30;
/** Lines of a trace that are looked at to find its services. */
const maxTraceLines = 2000;

/** What choosing streams needs. */
export interface StreamChoice extends NanosecondRange {
  readonly logs: LogStore;
  readonly services: ServiceSettings;
  readonly identifier: EventIdentifier;
  /** Empty: none. */
  readonly traceId: string;
  readonly signal: AbortSignal;
}

/** Streams to read, and whose lines count. */
export interface ChosenStreams {
  /** Disjoint. */
  readonly selectors: readonly string[];
  /** Null: every service. */
  readonly services: ReadonlySet<string> | null;
}

/** Chooses streams of a range. Throws `PortError` or `ProblemError` of the log store. */
export async function chooseStreams(choice: StreamChoice): Promise<ChosenStreams> {
  const everything = await selectEverything(choice);
  const selectors = everything.map(printQuery);
  if (choice.traceId === '') {
    return { selectors, services: null };
  }
  const services = await findServicesOfTrace(choice, everything);
  if (services.size === 0) {
    return { selectors, services: null };
  }
  const { logs, fromNs, toNs, signal, identifier } = choice;
  const streams = await Promise.all(selectors.map((one) => logs.listStreams({ fromNs, toNs, selector: one, signal })));
  const own = streams.flat().filter((labels) => services.has(identifier.serviceOf(labels).service));
  const matchers = matchStreams(own, maxAlternatives);
  return { selectors: matchers.length === 0 ? selectors : [printQuery(selector(...matchers))], services };
}

/** Selectors of every stream that names its service; of every stream at all where none does. */
async function selectEverything({ logs, services, fromNs, toNs, signal }: StreamChoice): Promise<readonly LogQuery[]> {
  const names = (await logs.listLabelNames({ fromNs, toNs, signal })).filter(
    (name) => isQueryableLabelName(name) && !name.startsWith('__')
  );
  const naming = services.serviceLabels.filter((name) => names.includes(name));
  const chosen = naming.length > 0 ? naming : names;
  const partition = partitionSelectors(chosen).selectors;
  const filled = await Promise.all(
    partition.map(
      async (one) => (await logs.listStreams({ fromNs, toNs, selector: printQuery(one), signal })).length > 0
    )
  );
  return partition.filter((_, place) => filled[place]);
}

async function findServicesOfTrace(choice: StreamChoice, selectors: readonly LogQuery[]): Promise<ReadonlySet<string>> {
  const { logs, fromNs, toNs, signal, identifier, traceId } = choice;
  const found = new Set<string>();
  for (const one of selectors) {
    const query = printQuery(withStages(one, lineFilter('|=', traceId)));
    const range = { fromNs, toNs, direction: 'oldest-first', limit: maxTraceLines } as const;
    for (const { labels } of await logs.findEntries({ query, ...range, signal })) {
      found.add(identifier.serviceOf(labels).service);
    }
  }
  return found;
}
