import type { ListTraceClustersResponse, RequestOf } from '@loghunter/contracts';
import {
  anyOf,
  isQueryableLabelName,
  lineFilter,
  matcher,
  printQuery,
  selector,
  withStages,
  type PipelineStage,
} from '@loghunter/engine/logql';
import { readTraceIds } from '@loghunter/engine/root-cause';
import type { LogEntry } from '@loghunter/engine/records';
import { renderTemplate } from '@loghunter/engine/templates';
import { requireCluster } from '../clusters/cluster-feature.ts';
import { buildClusterQuery } from '../clusters/cluster-query.ts';
import { findClusterEvents } from '../clusters/find-cluster-events.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange, toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import { findEvents, type FoundEvent } from './find-events.ts';
import type { SearchFeature } from './search-feature.ts';
import { findMatchers, guard } from './search-query.ts';

/** Events of the cluster that are read for the ids of their traces. */
const readEvents = 100;
/** Each trace makes the filter longer and the answer slower. */
const maxTraces = 10;
/** Lines of these traces that are read, the newest first. */
const maxLines = 2000;
/** What belongs to a trace is written within minutes of it. */
const marginMs = 300_000;
const minuteMs = 60_000;

/** `GET /api/v1/clusters/{id}/traces`: clusters with lines of the traces that the cluster's newest lines belong to. */
export async function listTraceClusters(
  feature: SearchFeature,
  request: RequestOf<'listTraceClusters'>,
  { signal }: CallContext
): Promise<ListTraceClustersResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  const own = await buildClusterQuery(feature, cluster, range);
  const found =
    own === null || cluster.lineCount === 0
      ? { events: [] }
      : await findClusterEvents(feature, {
          ...{ clusterId: cluster.id, query: own, ...toNanosecondRange(range), limit: readEvents },
          ...{ isJoined: cluster.lineCount > cluster.eventCount, signal },
        });
  const traces = chooseTraces(found.events.map(({ event }) => event.entries[0]));
  const empty = { traceIds: traces.ids, readEventCount: found.events.length, clusters: [], lineCount: 0 };
  if (traces.ids.length === 0) {
    return { ...empty, isComplete: true, query: null };
  }
  const around = {
    fromMs: Math.floor((traces.fromMs - marginMs) / minuteMs) * minuteMs,
    toMs: Math.ceil((traces.toMs + marginMs) / minuteMs) * minuteMs,
  };
  const { matchers } = await findMatchers(feature, {}, around);
  const query = guard(feature, printQuery(withStages(selector(...matchers), filterOf(traces))));
  const events = await findEvents(feature, { limit: maxLines }, query, toNanosecondRange(around), signal);
  return {
    ...empty,
    clusters: await groupByCluster(feature, cluster.id, new Set(traces.ids), events.events),
    lineCount: events.lineCount,
    isComplete: events.oldestNs === null,
    query: { expression: query, range: presentRange(around), isExact: true },
  };
}

interface Traces {
  readonly ids: string[];
  /** Name of the structured metadata that holds them; null: they stand in the text. */
  readonly metadataName: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

function chooseTraces(entries: readonly LogEntry[]): Traces {
  const named = entries.map((entry) => ({ entry, id: readTraceIds(entry).traceId })).filter(({ id }) => id !== '');
  const ids = [...new Set(named.map(({ id }) => id))].slice(0, maxTraces);
  const chosen = named.filter(({ id }) => ids.includes(id));
  const times = chosen.map(({ entry }) => Number(entry.timestampNs / 1_000_000n));
  const names = chosen.map(({ entry, id }) => Object.entries(entry.metadata).find(([, value]) => value === id)?.[0]);
  const [name] = names;
  const isMetadata = name !== undefined && isQueryableLabelName(name) && names.every((other) => other === name);
  return { ids, metadataName: isMetadata ? name : null, fromMs: Math.min(...times), toMs: Math.max(...times) };
}

function filterOf({ ids, metadataName }: Traces): PipelineStage {
  return metadataName === null
    ? lineFilter('|=', ...ids)
    : {
        kind: 'label-filter',
        condition: { kind: 'match', matcher: matcher(metadataName, '=~', anyOf(...ids)) },
      };
}

async function groupByCluster(
  feature: SearchFeature,
  ownId: string,
  ids: ReadonlySet<string>,
  events: readonly FoundEvent[]
): Promise<ListTraceClustersResponse['clusters']> {
  const groups = Map.groupBy(events, ({ clusterId }) => clusterId);
  groups.delete(ownId);
  const stored = await feature.clusterRules.readClustersById(feature.tenantId, [...groups.keys()]);
  const texts = new Map(stored.map(({ id, templateText }) => [id, templateText]));
  return [...groups]
    .flatMap(([id, group]) => presentGroup(feature, id, texts.get(id), ids, group))
    .sort((a, b) => b.traceCount - a.traceCount || b.eventCount - a.eventCount || (a.id < b.id ? -1 : 1));
}

function presentGroup(
  { identifier }: SearchFeature,
  id: string,
  text: string | undefined,
  ids: ReadonlySet<string>,
  group: readonly FoundEvent[]
): ListTraceClustersResponse['clusters'] {
  const traces = new Set(group.flatMap(({ event }) => event.entries.map((entry) => readTraceIds(entry).traceId)));
  const traceCount = [...traces].filter((trace) => ids.has(trace)).length;
  const [newest] = group;
  if (newest === undefined || traceCount === 0) {
    return [];
  }
  const title = identifier.rules.userRules.titleOf(id);
  const times = group.map(({ event }) => Number(event.entries[0].timestampNs / 1_000_000n));
  const { service, namespace, level, identity } = newest.known;
  return [
    {
      ...{ id, service, namespace, level, templateText: text ?? renderTemplate(identity.template) },
      ...(title === null ? {} : { title }),
      ...{ traceCount, eventCount: group.length },
      ...{ firstFound: toTimestamp(Math.min(...times)), lastFound: toTimestamp(Math.max(...times)) },
    },
  ];
}
