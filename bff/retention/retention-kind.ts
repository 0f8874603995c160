import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  AnalysisStore,
  AnomalyStore,
  AuditLog,
  ChannelStore,
  Clock,
  DeliveryStore,
  EgressLedger,
  ExplanationStore,
  ExportFileStore,
  CountHistoryStore,
  DeployStore,
  DetectionStore,
  IdempotencyStore,
  JobStore,
  Ledger,
  NoticeStore,
  SavedFilterStore,
  WebhookStore,
  WorkListStore,
} from '@loghunter/ports';
import { exportCutMs } from '../exports/export-kind.ts';
import type { JobKind, JobRun } from '../jobs/job-kind.ts';

/** What retention needs. */
export interface RetentionParts {
  readonly ledger: Ledger;
  readonly jobs: JobStore;
  readonly analyses: AnalysisStore;
  readonly savedFilters: SavedFilterStore;
  readonly exportFiles: ExportFileStore;
  readonly webhooks: WebhookStore;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly notices: NoticeStore;
  readonly idempotency: IdempotencyStore;
  readonly explanations: ExplanationStore;
  readonly egress: EgressLedger;
  readonly auditLog: AuditLog;
  readonly anomalies: AnomalyStore;
  readonly detection: DetectionStore;
  readonly countHistory: CountHistoryStore;
  readonly deploys: DeployStore;
  readonly workList: Pick<WorkListStore, 'deleteHistoryBefore'>;
  readonly clock: Clock;
  /** Age of a tenant's oldest counts that stay. */
  readonly countsMs: (tenantId: string) => Promise<number>;
  /** Age of the oldest counts that any tenant keeps. */
  readonly longestCountsMs: () => Promise<number>;
  /** Age of the oldest entries of clusters' histories that stay. */
  readonly workHistoryMs: number;
  /** Age of the oldest audit entries that stay, a segment more or less. */
  readonly auditMs: number;
}

const dayMs = 86_400_000;
/** What people hid can be had back from a backup for this long, and jobs that ended can be looked at. */
const keptMs = 30 * dayMs;
/** Baselines remember no more. */
const countHistoryMs = 28 * dayMs;
/** Rows a transaction: others wait for no more. */
const batchSize = 1000;

/** Deletes what is older than it is kept, one kind of row after the other, in small batches. */
export function createRetentionKind(parts: RetentionParts): JobKind {
  return {
    name: 'retention',
    role: 'admin',
    retryDelaysSeconds: [30, 300],
    async run(run) {
      const nowMs = parts.clock.nowMs();
      const { tenantId } = run;
      const countsMs = await parts.countsMs(tenantId);
      const longestCountsMs = Math.max(countsMs, await parts.longestCountsMs());
      const steps: ReadonlyArray<readonly [name: string, deleteBatch: () => Promise<number>, isBatched: boolean]> = [
        ['counts', () => parts.ledger.deleteCountsBefore(tenantId, nowMs - countsMs, nowMs - longestCountsMs), false],
        ['anomalies', () => parts.anomalies.deleteEndedBefore(tenantId, nowMs - countsMs, batchSize), true],
        ['anomalyLines', () => parts.detection.deletePushedBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['countHistory', () => parts.countHistory.deleteBefore(tenantId, nowMs - countHistoryMs, batchSize), true],
        ['deploys', () => parts.deploys.deleteBefore(tenantId, nowMs - countsMs, batchSize), true],
        [
          'workHistory',
          () => parts.workList.deleteHistoryBefore(tenantId, nowMs - parts.workHistoryMs, batchSize),
          true,
        ],
        ['jobs', () => parts.jobs.deleteFinishedBefore(tenantId, nowMs - keptMs, batchSize), true],
        // As long as counts: they explain what happened then. Those of investigations stay.
        ['analyses', () => parts.analyses.deleteBefore(tenantId, nowMs - countsMs, batchSize), true],
        ['savedFilters', () => parts.savedFilters.deleteHiddenBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['exportFiles', () => parts.exportFiles.deleteBefore(tenantId, exportCutMs(nowMs), batchSize), true],
        ['webhooks', () => parts.webhooks.deleteHiddenBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['channels', () => parts.channels.deleteHiddenBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['deliveries', () => parts.deliveries.deleteEndedBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['notices', () => parts.notices.deleteTakenBefore(tenantId, nowMs - keptMs, batchSize), true],
        ['idempotencyKeys', () => parts.idempotency.deleteExpired(tenantId, batchSize), true],
        ['explanations', () => parts.explanations.deleteBefore(tenantId, nowMs - countsMs, batchSize), true],
        // What went out can be proven for as long as who did what.
        ['egress', () => parts.egress.deleteBefore(tenantId, nowMs - parts.auditMs, batchSize), true],
        ['auditEntries', () => parts.auditLog.deleteOldestSegment(tenantId, nowMs - parts.auditMs), true],
      ];
      const deletedCounts: Record<string, number> = {};
      for (const [index, [name, deleteBatch, isBatched]] of steps.entries()) {
        run.report(index / steps.length, `deleting old ${name}`);
        deletedCounts[name] = isBatched ? await deleteAll(run, deleteBatch) : await deleteBatch();
        run.signal.throwIfAborted();
      }
      return { deletedCounts };
    },
  };
}

async function deleteAll(run: JobRun, deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let deleted = await deleteBatch(); deleted > 0; deleted = await deleteBatch()) {
    total += deleted;
    run.signal.throwIfAborted();
    await nextTurn();
  }
  return total;
}
