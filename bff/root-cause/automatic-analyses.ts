// What begins by itself of incidents that are HIGH or CRITICAL: an investigation, with an analysis attached.
import type {
  AnalysisRow,
  AnalysisStore,
  AnomalyStore,
  AuditRecord,
  Clock,
  IncidentRow,
  InvestigationStore,
  NewInvestigation,
} from '@loghunter/ports';
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
/** Characters of an investigation's title. */
const maxTitleLength = 200;

/** Who begins them, as the audit log shows it. */
const actor: AuditRecord['actor'] = { kind: 'schedule', id: 'analysis-schedule', name: 'the schedule' };

/** What beginning analyses needs. */
export interface AutomaticAnalysisParts extends JobStartParts {
  readonly analyses: AnalysisStore;
  /** Null: incidents are analysed, and investigations are left to people. */
  readonly investigations: InvestigationStore | null;
  readonly anomalies: AnomalyStore;
  readonly clock: Clock;
  readonly listTenantIds: () => Promise<readonly string[]>;
}

/** Begins what is due, for each incident once, however many servers look at the same time. */
export async function beginAutomaticAnalyses(parts: AutomaticAnalysisParts): Promise<void> {
  for (const tenantId of await parts.listTenantIds()) {
    for (const incident of await listDue(parts, tenantId)) {
      await parts.unitOfWork.run(tenantId, () => begin(parts, tenantId, incident));
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
      ...{ severities: [3, 4], kinds: [], services: [], isOpen: null },
      ...{ isAcknowledged: null, isWithdrawn: false },
    },
    { limit: 50, offset: 0 }
  );
  const due: IncidentRow[] = [];
  for (const incident of incidents) {
    const ageMs = nowMs - incident.startedAtMs;
    if (ageMs >= settledMs && ageMs <= recentMs && due.length < maxAtOnce && (await isDue(parts, tenantId, incident))) {
      due.push(incident);
    }
  }
  return due;
}

async function isDue(parts: AutomaticAnalysisParts, tenantId: string, { id }: IncidentRow): Promise<boolean> {
  if ((await findAnalysis(parts, tenantId, id)) === null) {
    return true;
  }
  const page = { incidentId: id, limit: 1, offset: 0 };
  return parts.investigations !== null && (await parts.investigations.list(tenantId, page)).totalCount === 0;
}

async function findAnalysis(
  { analyses }: AutomaticAnalysisParts,
  tenantId: string,
  incidentId: string
): Promise<AnalysisRow | null> {
  const filter = { subjectKind: 'incident', subjectId: incidentId, limit: 1, offset: 0 };
  return (await analyses.list(tenantId, filter)).analyses[0] ?? null;
}

/** The analysis that somebody began already, or a new one; and an investigation of the incident that has it. */
async function begin(parts: AutomaticAnalysisParts, tenantId: string, incident: IncidentRow): Promise<void> {
  const { investigations } = parts;
  const opened =
    investigations === null ? null : await investigations.openForIncident(tenantId, toInvestigation(parts, incident));
  const known = await findAnalysis(parts, tenantId, incident.id);
  const analysis = known ?? (await beginAnalysis(parts, tenantId, incident));
  if (investigations === null || opened === null || (known !== null && !opened.isNew)) {
    return;
  }
  const { id } = opened.investigation;
  if (opened.isNew) {
    const text = `Opened because the incident is ${incident.severity === 4 ? 'CRITICAL' : 'HIGH'}`;
    await investigations.addEntry(tenantId, id, { kind: 'created', text, actor });
  }
  await investigations.attachAnalysis(tenantId, id, analysis.id);
  await investigations.addClusters(tenantId, id, analysis.result?.clusterIds ?? []);
  await investigations.addEntry(tenantId, id, { kind: 'analysis', text: `Analysis of ${analysis.subjectText}`, actor });
}

function toInvestigation(
  parts: AutomaticAnalysisParts,
  incident: IncidentRow
): NewInvestigation & { readonly incidentId: string } {
  const { id, title, services } = incident;
  return {
    title: title.length > maxTitleLength ? `${title.slice(0, maxTitleLength - 1).toWellFormed()}…` : title,
    range: windowOf(parts, incident),
    ...{ services, clusterIds: [], incidentId: id, createdBy: actor },
  };
}

function windowOf({ clock }: AutomaticAnalysisParts, { startedAtMs }: IncidentRow) {
  const toMs = Math.min(startedAtMs + afterMs, Math.floor(clock.nowMs() / minuteMs) * minuteMs);
  return { fromMs: startedAtMs - leadMs, toMs };
}

async function beginAnalysis(
  parts: AutomaticAnalysisParts,
  tenantId: string,
  incident: IncidentRow
): Promise<AnalysisRow> {
  const window = windowOf(parts, incident);
  const baseline = defaultBaseline({ ...window, toMs: incident.startedAtMs + afterMs });
  const subject = { kind: 'incident', id: incident.id };
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
    ...{ service: incident.services[0] ?? '', incident: window, baseline, createdBy: actor },
  });
}
