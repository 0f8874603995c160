import type { InvestigationComment, InvestigationEvent, InvestigationSummary, PinnedLine } from '@loghunter/contracts';
import type { InvestigationEntry, InvestigationRow, PinnedLineRow } from '@loghunter/ports';
import { presentRange, toTimestamp } from '../http/time-range.ts';

/** The investigation as lists show it. */
export function presentSummary(row: InvestigationRow): InvestigationSummary {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    range: presentRange(row.range),
    services: [...row.services],
    clusterIds: [...row.clusterIds],
    incidentId: row.incidentId,
    resolution: row.resolution,
    suspect: row.suspect,
    createdBy: row.createdBy.name,
    createdAt: toTimestamp(row.createdAtMs),
    updatedAt: toTimestamp(row.updatedAtMs),
    resolvedAt: row.resolvedAtMs === null ? null : toTimestamp(row.resolvedAtMs),
  };
}

/** A pinned line as the API shows it. */
export function presentLine(row: PinnedLineRow): PinnedLine {
  return {
    id: row.id,
    at: toTimestamp(Number(row.timestampNs / 1_000_000n)),
    timestampNs: String(row.timestampNs),
    service: row.service,
    level: row.level,
    text: row.text,
    labels: { ...row.labels },
    hash: row.hash,
    query: row.query,
    clusterId: row.clusterId,
    note: row.note,
    pinnedBy: row.pinnedBy.name,
    pinnedAt: toTimestamp(row.pinnedAtMs),
  };
}

/** A comment as the API shows it. */
export function presentComment(entry: InvestigationEntry): InvestigationComment {
  return { id: entry.id, text: entry.text, createdBy: entry.actor.name, createdAt: toTimestamp(entry.atMs) };
}

/** Something of its history as the API shows it. */
export function presentEntry(entry: InvestigationEntry): InvestigationEvent {
  return { at: toTimestamp(entry.atMs), kind: entry.kind, by: entry.actor.name, text: entry.text };
}
