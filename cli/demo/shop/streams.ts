import type { Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';
import type { ShopLine } from './moment.ts';
import { nodeOf, podNameOf, shopServices, type ServiceName, type ShopService } from './services.ts';
import { paymentsVersionAt, type Timeline } from './timeline.ts';

/** Sorts lines into streams by their labels and holds back what lies in the future. */
export interface StreamSorter {
  readonly add: (line: ShopLine) => void;
  /** Removes and returns all lines before this moment, sorted by time within each stream. */
  take(beforeNs: bigint): readonly PushStream[];
}

/** Labels are those that a log shipper in Kubernetes sets. */
export function createStreamSorter(timeline: Timeline): StreamSorter {
  const labelSets = new Map<string, Labels>();
  let held: ShopLine[] = [];

  function labelsOf(line: ShopLine): Labels {
    const service: ShopService = shopServices[line.service];
    const version = versionOf(line.service, Number(line.atNs / 1_000_000n), timeline);
    const key = `${line.service} ${line.podIndex} ${version} ${service.hasLevelLabel ? line.level : ''}`;
    let labels = labelSets.get(key);
    if (labels === undefined) {
      labels = {
        service_name: line.service,
        namespace: service.namespace,
        pod: podNameOf(line.service, line.podIndex, version),
        node: nodeOf(line.service, line.podIndex),
        version,
        ...(service.hasLevelLabel ? { level: line.level } : {}),
      };
      labelSets.set(key, labels);
    }
    return labels;
  }

  return {
    add: (line) => held.push(line),
    take(beforeNs) {
      const due = held.filter((line) => line.atNs < beforeNs).sort((left, right) => compareTimes(left, right));
      held = held.filter((line) => line.atNs >= beforeNs);
      const streams = new Map<Labels, Array<PushStream['entries'][number]>>();
      for (const line of due) {
        const labels = labelsOf(line);
        const entries = streams.get(labels) ?? [];
        entries.push({ timestampNs: line.atNs, line: line.text, metadata: {} });
        streams.set(labels, entries);
      }
      return Array.from(streams, ([labels, entries]) => ({ labels, entries }));
    },
  };
}

function versionOf(service: ServiceName, atMs: number, timeline: Timeline): string {
  return service === 'payments' ? paymentsVersionAt(timeline, atMs) : shopServices[service].version;
}

function compareTimes(left: ShopLine, right: ShopLine): number {
  return left.atNs < right.atNs ? -1 : left.atNs > right.atNs ? 1 : 0;
}
