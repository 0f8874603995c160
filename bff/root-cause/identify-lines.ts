// Makes evidence of entries: joined by stream, with service, level and cluster.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { joinEvents } from '@loghunter/engine/multiline';
import type { LogEntry } from '@loghunter/engine/records';
import { toEvidenceLine, type EvidenceLine } from '@loghunter/engine/root-cause';
import type { EventIdentifier } from '../events/identify-event.ts';
import { streamKeyOf } from '../events/stream-key.ts';

/** Events that are identified before others get their turn: some milliseconds. */
const batchSize = 500;

/** Events of the entries in order of time. `services`: only theirs; null: all. */
export async function identifyLines(
  entries: readonly LogEntry[],
  identifier: EventIdentifier,
  services: ReadonlySet<string> | null,
  signal: AbortSignal
): Promise<EvidenceLine[]> {
  const lines: EvidenceLine[] = [];
  for (const own of Map.groupBy(entries, ({ labels }) => streamKeyOf(labels)).values()) {
    const [first] = own;
    if (first === undefined || (services !== null && !services.has(identifier.serviceOf(first.labels).service))) {
      continue;
    }
    const sorted = own.toSorted((a, b) => (a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0));
    for (const event of joinEvents(sorted)) {
      const known = identifier.identify(event);
      const clusterId = identifier.canonicalIdOf(known);
      const { service, namespace, level, identity } = known;
      const { templateText } = identity;
      lines.push(toEvidenceLine(event, { service, namespace, level, clusterId, clusterKey: clusterId, templateText }));
      if (lines.length % batchSize === 0) {
        await nextTurn();
        signal.throwIfAborted();
      }
    }
  }
  return lines.toSorted((a, b) => a.atMs - b.atMs);
}
