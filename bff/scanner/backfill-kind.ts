import { setImmediate as nextTurn } from 'node:timers/promises';
import { JobError, type JobKind } from '../jobs/job-kind.ts';
import { backfill } from './backfill.ts';
import type { LedgerVerificationParts } from './ledger-verification-kind.ts';
import { ceilMinute } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';

/** Reads a tenant's older lines into the ledger, within the budget of background work. Nobody is told of what it finds. */
export function createBackfillKind(parts: LedgerVerificationParts): JobKind {
  return {
    name: 'backfill',
    role: 'admin',
    retryDelaysSeconds: [30, 300, 1800],
    async run({ tenantId, job, signal, report }) {
      const sinceMs = job.input['sinceMs'];
      if (typeof sinceMs !== 'number') {
        throw new JobError('A backfill needs to know since when to read.', { isRetryable: false });
      }
      const opened = await parts.openContext(tenantId);
      if (opened === null) {
        return { lineCount: 0, watchCount: 0 };
      }
      const context: ScanContext = {
        ...opened,
        holder: null,
        signal,
        async checkpoint() {
          await nextTurn();
          signal.throwIfAborted();
        },
      };
      // Minutes before that were deleted for their age, and would be again.
      const oldestMs = context.clock.nowMs() - (await parts.retentionMs(tenantId));
      return backfill(context, ceilMinute(Math.max(sinceMs, oldestMs)), ({ watchName, readFromMs, fraction }) => {
        report(fraction, `${watchName}: read back to ${new Date(readFromMs).toISOString()}`);
      });
    },
  };
}
