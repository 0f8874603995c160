import type { AuditRecord, IncidentRow, NoticeStore } from '@loghunter/ports';

const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** Tells the channels that somebody looks after an incident, in the unit of work around the call. */
export async function addAcknowledgementNotice(
  notices: NoticeStore,
  tenantId: string,
  incident: IncidentRow,
  { actor, nowMs }: { readonly actor: AuditRecord['actor']; readonly nowMs: number }
): Promise<void> {
  await notices.add(tenantId, {
    kind: 'incident-acknowledged',
    dedupKey: `incident-acknowledged:${incident.id}:${nowMs}`,
    severity: severities[incident.severity - 1] ?? 'LOW',
    service: incident.services[0] ?? '',
    ...{ namespace: '', clusterId: null, incidentId: incident.id, lines: [], count: incident.eventCount },
    title: `${incident.title} (acknowledged by ${actor.name})`,
    firstSeenAtMs: incident.startedAtMs,
    range: { fromMs: incident.startedAtMs, toMs: incident.endedAtMs ?? nowMs },
    ...{ query: null, suspectDeploy: null, verdict: null, createdAtMs: nowMs },
  });
}
