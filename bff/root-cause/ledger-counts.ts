// Exact counts for a comparison whose windows were not read whole: the ledger has every event of every minute.
import type { EvidencePack } from '@loghunter/engine/root-cause';
import type { AnalysisWindow, ClusterStore } from '@loghunter/ports';

const minuteMs = 60_000;

/** Replaces counts of a sampled window by the ledger's, of whole minutes, where it has the cluster. Throws `PortError`. */
export async function withLedgerCounts(
  clusters: Pick<ClusterStore, 'readEventCounts'>,
  tenantId: string,
  windows: Readonly<Record<'baseline' | 'incident', AnalysisWindow>>,
  pack: EvidencePack
): Promise<EvidencePack> {
  if (pack.windows.baseline.isComplete && pack.windows.incident.isComplete) {
    return pack;
  }
  const ids = pack.comparison.flatMap(({ clusterId }) => clusterId ?? []);
  const read = async ({ fromMs, toMs }: AnalysisWindow) => {
    const range = {
      fromMs: Math.floor(fromMs / minuteMs) * minuteMs,
      toMs: Math.ceil(toMs / minuteMs) * minuteMs,
    };
    const counts = await clusters.readEventCounts(tenantId, ids, range, range.toMs - range.fromMs);
    const minutes = (range.toMs - range.fromMs) / minuteMs;
    return (id: string) => {
      const count = (counts.get(id) ?? []).reduce((sum, step) => sum + step, 0);
      return { count, perMinute: Math.round((count / minutes) * 100) / 100 };
    };
  };
  const before = await read(windows.baseline);
  const during = await read(windows.incident);
  const comparison = pack.comparison.map((cluster) => {
    const { clusterId } = cluster;
    if (clusterId === null) {
      return cluster;
    }
    const [baseline, incident] = [before(clusterId), during(clusterId)];
    // The ledger has not got there yet: what was read is more.
    return incident.count < cluster.incidentCount || baseline.count < cluster.baselineCount
      ? cluster
      : {
          ...cluster,
          ...{ baselineCount: baseline.count, baselinePerMinute: baseline.perMinute },
          ...{ incidentCount: incident.count, incidentPerMinute: incident.perMinute, countedFrom: 'ledger' as const },
          // What was read is a part: the rest may have it.
          kind: kindOf(cluster.kind, baseline.count, incident.count),
        };
  });
  return { ...pack, comparison };
}

type Kind = EvidencePack['comparison'][number]['kind'];

function kindOf(kind: Kind, baselineCount: number, incidentCount: number): Kind {
  if (kind === 'new' && baselineCount > 0) {
    return 'up';
  }
  return kind === 'gone' && incidentCount > 0 ? 'down' : kind;
}
