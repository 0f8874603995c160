import type { ClusterVariable, ListClusterVariablesResponse, RequestOf } from '@loghunter/contracts';
import type { TemplatePart } from '@loghunter/engine/templates';
import {
  createVariableSketch,
  extractVariables,
  summarize,
  variablePlacesOf,
  type VariableSketch,
} from '@loghunter/engine/variables';
import type { CallContext } from '../http/route-handlers.ts';
import { readTimeRange, toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { buildClusterQuery, presentQuery } from './cluster-query.ts';
import { findClusterEvents, type FoundEvents } from './find-cluster-events.ts';

const defaultEventCount = 1000;
const defaultValueCount = 10;

/**
 * Answers what values stand at the variable places of a cluster's template, taken from its newest events in the log store;
 * says how many of its events these are (ADR 8).
 */
export async function listClusterVariables(
  feature: ClusterFeature,
  request: RequestOf<'listClusterVariables'>,
  context: CallContext
): Promise<ListClusterVariablesResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  const query = await buildClusterQuery(feature, cluster, range);
  const found =
    query === null || cluster.lineCount === 0
      ? { events: [], scannedLineCount: 0, isComplete: cluster.lineCount === 0 }
      : await findClusterEvents(feature, {
          clusterId: cluster.id,
          query,
          ...toNanosecondRange(range),
          limit: request.events ?? defaultEventCount,
          isJoined: cluster.lineCount > cluster.eventCount,
          signal: context.signal,
        });
  return {
    template: cluster.template.map((part) => ({ ...part })),
    variables: describeVariables(cluster.template, textsOf(found), request.values ?? defaultValueCount),
    readEventCount: found.events.length,
    eventCount: cluster.eventCount,
    oldestRead: timeOf(found.events.at(-1)),
    newestRead: timeOf(found.events[0]),
    scannedLineCount: found.scannedLineCount,
    // A search that found as many events as were asked for is complete for its caller, not for the range.
    isComplete: found.isComplete && found.events.length >= cluster.eventCount,
    query: presentQuery(query, range),
  };
}

function textsOf(found: FoundEvents): readonly string[] {
  return found.events.map(({ event }) => event.text);
}

/** What stands at each variable place of a template in the texts of events; personal values as pseudonyms of this answer. */
export function describeVariables(
  template: readonly TemplatePart[],
  texts: readonly string[],
  maxValues: number
): ClusterVariable[] {
  const sketches = variablePlacesOf(template).map(({ type, isPersonal }) =>
    createVariableSketch(type, { isPersonal, pseudonymOf: createPseudonyms(type) })
  );
  for (const text of texts) {
    extractVariables(text, template).forEach((value, place) => {
      if (value !== null) {
        sketches[place]?.add(value);
      }
    });
  }
  return sketches.map((sketch) => present(sketch, maxValues));
}

// Numbered in the order of first use, so that they say nothing about the values and mean nothing in another answer.
function createPseudonyms(type: string): (value: string) => string {
  const numbers = new Map<string, number>();
  return (value) => {
    const number = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, number);
    return `${type}-${number}`;
  };
}

function present(sketch: VariableSketch, maxValues: number): ClusterVariable {
  const { topValues, numbers, ...rest } = summarize(sketch);
  return {
    ...rest,
    topValues: topValues.slice(0, maxValues).map((value) => ({ ...value })),
    numbers: numbers && { ...numbers, quantiles: numbers.quantiles.map((quantile) => ({ ...quantile })) },
  };
}

function timeOf(found: FoundEvents['events'][number] | undefined): string | null {
  return found === undefined ? null : toTimestamp(Number(found.event.entries[0].timestampNs / 1_000_000n));
}
