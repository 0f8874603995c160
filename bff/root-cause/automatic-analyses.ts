// Analyses that begin by themselves: of incidents that are HIGH or CRITICAL.
import type { AnalysisStore, AnomalyStore, AuditRecord, Clock, IncidentRow } from '@loghunter/ports';
import { startJob, type JobStartParts } from '../jobs/start-job.ts';
import { analysisKind } from './root-cause-feature.ts';
import { defaultBaseline } from './plan-analysis.ts';

const minuteMs = 60_000;
const cron = '* * * * *';
/** How long an incident has gone on when it is analysed: before, there is too little to compare. */
const settledMs = 6 * minuteMs;
/** Older ones were not missed but are history, or the setting was off. */
const recentMs = 60 * minuteMs;
/** Before the incident's start, for what led to it, and after. */
const leadMs = 5 * minuteMs;
const afterMs = 10 * minuteMs;
/** Incidents of one tenant that are begun at a time: a storm of incidents is no reason for a storm of queries. */
const maxAtOnce = 3;

/** Who begins them, as the audit log shows it. */
const actor: AuditRecord['actor'] = { kind: 'schedule', id: 'analysis-schedule', name: 'the schedule' };

/** What beginning analyses needs. */
export interface AutomaticAnalysisParts extends JobStartParts {
  readonly analyses: AnalysisStore;
  readonly anomalies: AnomalyStore;
  readonly clock: Clock;
  readonly listTenantIds: () => Promise<readonly string[]>;
}

/** Begins the analyses that are due, those of each incident once. */
export async function beginAutomaticAnalyses(parts: AutomaticAnalysisParts): Promise<void> {
  for (const tenantId of await parts.listTenantIds()) {
    for (const incident of await listDue(parts, tenantId)) {
      await begin(parts, tenantId, incident);
    }
  }
}

/** Looks once a minute, once over all replicas. */
export function scheduleAutomaticAnalyses(parts: AutomaticAnalysisParts): Promise<void> {
  return parts.queue.schedule('analysis-schedule', cron, () => beginAutomaticAnalyses(parts));
}

async function listDue(parts: AutomaticAnalysisParts, tenantId: string): Promise<readonly IncidentRow[]> {
  const nowMs = parts.clock.nowMs();
  const { incidents } = await parts.anomalies.listIncidents(
    tenantId,
    {
      range: { fromMs: nowMs - recentMs, toMs: nowMs },
      ...{ severities: [3, 4], kinds: [], services: [], isOpen: null, isAcknowledged: null },
    },
    { limit: 50, offset: 0 }
  );
  const due: IncidentRow[] = [];
  for (const incident of incidents) {
    const ageMs = nowMs - incident.startedAtMs;
    if (ageMs < settledMs || ageMs > recentMs || due.length >= maxAtOnce) {
      continue;
    }
    const filter = { subjectKind: 'incident', subjectId: incident.id, limit: 1, offset: 0 };
    const { totalCount } = await parts.analyses.list(tenantId, filter);
    if (totalCount === 0) {
      due.push(incident);
    }
  }
  return due;
}

function begin(parts: AutomaticAnalysisParts, tenantId: string, incident: IncidentRow): Promise<unknown> {
  const window = { fromMs: incident.startedAtMs - leadMs, toMs: incident.startedAtMs + afterMs };
  const toMs = Math.min(window.toMs, Math.floor(parts.clock.nowMs() / minuteMs) * minuteMs);
  const baseline = defaultBaseline(window);
  const subject = { kind: 'incident', id: incident.id };
  return parts.unitOfWork.run(tenantId, async () => {
    const job = await startJob(parts, tenantId, {
      kind: analysisKind,
      // The same whenever it is begun, so that two replicas begin one job.
      input: { subject, isAutomatic: true },
      actor,
      requestId: 'analysis-schedule',
      webhookId: null,
    });
    return parts.analyses.create(tenantId, {
      ...{ jobId: job.id, subject, subjectText: `incident “${incident.title}”` },
      ...{ service: incident.services[0] ?? '', incident: { ...window, toMs }, baseline, createdBy: actor },
    });
  });
}
