// Tells people what the analysis of an incident found: the message of its opening went out before.
import { severityWords } from '../anomalies/announce.ts';
import type { EvidencePack } from '@loghunter/engine/root-cause';
import type { AnalysisRow, AnomalyStore, Clock, NewNotice, NoticeStore } from '@loghunter/ports';

/** What announcing needs. */
export interface VerdictAnnouncement {
  readonly anomalies: Pick<AnomalyStore, 'getIncident'>;
  readonly notices: Pick<NoticeStore, 'add'>;
  readonly clock: Clock;
}

const toldLines = 3;

/**
 * Adds the notice of an analysis that began by itself, once for an incident, while the incident is open: a verdict that comes
 * afterwards would open again what receivers have closed. Call it in the transaction that keeps the result.
 */
export async function announceVerdict(
  { anomalies, notices, clock }: VerdictAnnouncement,
  tenantId: string,
  { subject, createdBy }: AnalysisRow,
  pack: EvidencePack
): Promise<void> {
  const { kind, id: incidentId } = subject;
  if (createdBy.kind !== 'schedule' || kind !== 'incident' || typeof incidentId !== 'string') {
    return;
  }
  const incident = await anomalies.getIncident(tenantId, incidentId);
  if (incident === null || incident.endedAtMs !== null) {
    return;
  }
  const nowMs = clock.nowMs();
  const deploy = pack.deploys.find(({ isSuspect }) => isSuspect);
  await notices.add(tenantId, {
    ...{ kind: 'incident-analysed', dedupKey: `incident-analysed:${incidentId}`, incidentId, title: incident.title },
    severity: severityWords[incident.severity - 1] ?? 'LOW',
    ...{ service: incident.services[0] ?? '', namespace: '', createdAtMs: nowMs },
    ...describeEvidenceOf(pack),
    firstSeenAtMs: pack.timeline.onset === null ? incident.startedAtMs : Date.parse(pack.timeline.onset),
    range: { fromMs: incident.startedAtMs, toMs: Math.max(incident.startedAtMs + 60_000, nowMs) },
    suspectDeploy: deploy === undefined ? null : `${deploy.service} ${deploy.version}`.trim(),
    verdict: pack.summary.lines.join(' '),
  });
}

/** The strongest finding, with the lines of the incident that findings quote; a pack's texts hold nothing private. */
function describeEvidenceOf({
  findings,
  lines,
  comparison,
}: EvidencePack): Pick<NewNotice, 'clusterId' | 'lines' | 'count' | 'query'> {
  const strongest = findings.find(({ clusterId }) => clusterId !== null);
  const cluster = comparison.find(({ clusterId }) => clusterId !== null && clusterId === strongest?.clusterId);
  return {
    clusterId: strongest?.clusterId ?? null,
    lines: lines
      .filter(({ window }) => window === 'incident')
      .slice(0, toldLines)
      .map(({ text }) => text),
    count: cluster?.incidentCount ?? 0,
    query: findings.find(({ query }) => query !== '')?.query ?? null,
  };
}
