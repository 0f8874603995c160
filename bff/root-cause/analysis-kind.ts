import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnalysisSubject } from '@loghunter/contracts';
import {
  buildEvidenceInSteps,
  type EvidenceCase,
  type EvidenceLine,
  type EvidencePack,
  type EvidenceWindow,
} from '@loghunter/engine/root-cause';
import type { ServiceSettings } from '@loghunter/engine/records';
import type {
  AnalysisRow,
  AnalysisStore,
  AnalysisWindow,
  ClusterRules,
  ClusterStore,
  DeployStore,
  LogStore,
  UnitOfWork,
} from '@loghunter/ports';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import { isProblemError } from '../http/problem-error.ts';
import type { EventIdentifier } from '../events/identify-event.ts';
import type { StoredTextRedaction } from '../redaction/stored-text-redaction.ts';
import { announceVerdict, type VerdictAnnouncement } from './announce-verdict.ts';
import { withLedgerCounts } from './ledger-counts.ts';
import { readSignals, type SignalSources } from './read-signals.ts';
import { chooseStreams, type ChosenStreams } from './choose-streams.ts';
import { identifyLines } from './identify-lines.ts';
import { quotedText } from './quoted-text.ts';
import { queryOfStream } from './read-line.ts';
import { readWindow, type ReadWindow } from './read-window.ts';
import { analysisKind } from './root-cause-feature.ts';

/** One tenant's parts, as an analysis needs them. */
export interface AnalysedTenant {
  /** For analyses that a person began. */
  readonly logs: LogStore;
  /** For those that began by themselves. */
  readonly backgroundLogs: LogStore;
  readonly identifier: EventIdentifier;
  readonly redaction: StoredTextRedaction;
}

/** What analyses need. */
export interface AnalysisParts extends VerdictAnnouncement {
  readonly unitOfWork: UnitOfWork;
  readonly openTenant: (tenantId: string) => Promise<AnalysedTenant>;
  readonly analyses: AnalysisStore;
  readonly clusters: Pick<ClusterStore, 'readCoverage' | 'readEventCounts'>;
  readonly clusterRules: Pick<ClusterRules, 'readClustersById'>;
  readonly deploys: DeployStore;
  readonly services: ServiceSettings;
  /** Spans and metrics of a tenant; {@link noSignals} for one that has none. */
  readonly signalsOf: (tenantId: string) => SignalSources;
}

const minuteMs = 60_000;
/** Deploys that a pack tells of. */
const maxDeploys = 20;

/** The job that looks for a cause: reads both windows, compares them, keeps the evidence. */
export function createAnalysisKind(parts: AnalysisParts): JobKind {
  return {
    name: analysisKind,
    role: 'editor',
    retryDelaysSeconds: [5, 30],
    async run(run) {
      const analysis = await parts.analyses.getByJob(run.tenantId, run.job.id);
      if (analysis === null) {
        throw new JobError('There is no analysis of this job', { isRetryable: false });
      }
      try {
        const pack = await analyse(parts, run, analysis);
        const { verdict, confidence, summary } = pack;
        return { analysisId: analysis.id, verdict, confidence, suspect: summary.suspect };
      } catch (error) {
        if (isProblemError(error)) {
          throw new JobError(error.message, { isRetryable: error.code === 'rate-limited' });
        }
        throw error;
      }
    },
  };
}

async function analyse(parts: AnalysisParts, run: JobRun, analysis: AnalysisRow): Promise<EvidencePack> {
  const { tenantId, signal } = run;
  const tenant = await parts.openTenant(tenantId);
  const logs = run.job.actor.kind === 'schedule' ? tenant.backgroundLogs : tenant.logs;
  const { baseline, incident } = analysis;
  const subject = analysis.subject as AnalysisSubject;
  await tenant.identifier.rules.refresh();
  run.report(0.05, 'finding the streams');
  const range = {
    fromNs: BigInt(Math.round(baseline.fromMs)) * 1_000_000n,
    toNs: BigInt(Math.round(incident.toMs)) * 1_000_000n,
  };
  const streams = await chooseStreams({
    ...{ logs, ...range, signal, services: parts.services, identifier: tenant.identifier },
    traceId: subject.kind === 'trace' ? subject.traceId : '',
  });
  const read = async (window: AnalysisWindow, start: number, text: string) => {
    run.report(start, text);
    const expectedLineCount = await countLines(parts.clusters, tenantId, window);
    const observe = (share: number) => run.report(start + 0.35 * share, text);
    const found = await readWindow({ logs, window, selectors: streams.selectors, expectedLineCount, signal, observe });
    const lines = await identifyLines(found.entries, tenant.identifier, streams.services, signal);
    return { window, found, lines };
  };
  const before = await read(baseline, 0.1, 'reading the time before');
  const during = await read(incident, 0.45, 'reading the incident');
  run.report(0.8, 'reading traces and metrics');
  const signals = await readSignals(parts.signalsOf(tenantId), {
    ...{ baseline, incident, service: analysis.service, signal },
    lines: { baseline: before.lines, incident: during.lines },
    traceId: subject.kind === 'trace' ? subject.traceId : '',
    serviceLabels: parts.services.serviceLabels,
  });
  run.report(0.85, 'comparing');
  const redactor = await tenant.redaction.open();
  const evidence: EvidenceCase = {
    subjectText: redactor.sample(analysis.subjectText),
    service: analysis.service,
    baseline: { ...(await toWindow(parts, tenantId, before, streams)), ...signals.baseline },
    incident: { ...(await toWindow(parts, tenantId, during, streams)), ...signals.incident },
    ...{ traceGap: signals.traceGap, loadGap: signals.loadGap, loadQuery: signals.loadQuery },
    deploys: await listDeploys(parts.deploys, tenantId, { fromMs: baseline.fromMs, toMs: incident.toMs }),
    notLookedAt: describeGaps(before.found, during.found, streams),
    redact: (text) => redactor.sample(text),
    quote: (text) => quotedText(redactor, text),
    queryOf: queryOfStream,
  };
  const built = await inSteps(buildEvidenceInSteps(evidence), signal);
  const pack = await withLedgerCounts(parts.clusters, tenantId, { baseline, incident }, built);
  run.report(0.95, 'keeping the evidence');
  signal.throwIfAborted();
  await parts.unitOfWork.run(tenantId, async () => {
    await parts.analyses.keepResult(tenantId, analysis.id, {
      pack: { ...pack },
      packHash: createHash('sha256').update(JSON.stringify(pack)).digest('hex'),
      verdict: pack.verdict,
      confidence: pack.confidence,
      suspect: pack.summary.suspect,
      clusterIds: clustersOf(pack),
    });
    await announceVerdict(parts, tenantId, analysis, pack);
  });
  await tenant.redaction.keepCounts(redactor);
  return pack;
}

/** Runs steps to their end; others get their turn between them. */
async function inSteps<T>(steps: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    await nextTurn();
    signal.throwIfAborted();
  }
}

interface WindowParts {
  readonly window: AnalysisWindow;
  readonly found: ReadWindow;
  readonly lines: readonly EvidenceLine[];
}

/** The window as the engine takes it; clusters that are not stored have no page and get no id. */
async function toWindow(
  { clusterRules }: AnalysisParts,
  tenantId: string,
  { window, found, lines }: WindowParts,
  { selectors }: ChosenStreams
): Promise<EvidenceWindow> {
  const ids = [...new Set(lines.flatMap(({ clusterId }) => (clusterId === null ? [] : [clusterId])))];
  const stored = new Set((await clusterRules.readClustersById(tenantId, ids)).map(({ id }) => id));
  return {
    ...window,
    lines: lines.map((line) =>
      line.clusterId === null || stored.has(line.clusterId) ? line : { ...line, clusterId: null }
    ),
    ...{ spans: [], loads: [], readMs: found.readMs, queries: selectors },
  };
}

/** Lines of a window by the ledger, which counts whole minutes. */
async function countLines(
  clusters: AnalysisParts['clusters'],
  tenantId: string,
  { fromMs, toMs }: AnalysisWindow
): Promise<number> {
  const range = {
    fromMs: Math.floor(fromMs / minuteMs) * minuteMs,
    toMs: Math.ceil(toMs / minuteMs) * minuteMs,
  };
  const { lineCount } = await clusters.readCoverage(tenantId, range);
  return lineCount;
}

async function listDeploys(
  deploys: DeployStore,
  tenantId: string,
  { fromMs, toMs }: AnalysisWindow
): Promise<EvidenceCase['deploys']> {
  const range = { fromMs, toMs };
  const found = await deploys.list(tenantId, { range, services: [] }, { limit: maxDeploys, offset: 0 });
  return found.deploys.map(({ deployedAtMs, service, version }) => ({
    atMs: deployedAtMs,
    service,
    version,
    text: `${service} ${version} was deployed`,
  }));
}

function describeGaps(
  before: ReadWindow,
  during: ReadWindow,
  { services }: ChosenStreams
): EvidenceCase['notLookedAt'] {
  return [
    ...(before.shortfall === '' ? [] : [{ what: 'A part of the time before', why: before.shortfall }]),
    ...(during.shortfall === '' ? [] : [{ what: 'A part of the incident', why: during.shortfall }]),
    ...(services === null ? [] : [{ what: 'Services that the trace did not reach', why: 'The trace was asked about' }]),
  ];
}

function clustersOf({ findings, comparison }: EvidencePack): readonly string[] {
  const changed = comparison.filter(({ isOldNoise, surprise }) => !isOldNoise && surprise >= 2);
  const ids = [...findings, ...changed].map(({ clusterId }) => clusterId).filter((id) => id !== null);
  return [...new Set(ids)];
}
