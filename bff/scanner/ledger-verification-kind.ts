import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JobKind } from '../jobs/job-kind.ts';
import { ceilMinute, floorMinute } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';
import { verifyLedger } from './verify-ledger.ts';

/** What comparing the ledger with the log store needs. */
export interface LedgerVerificationParts {
  /** The tenant's parts as the scanner has them; null when the tenant has no logs. */
  readonly openContext: (tenantId: string) => Promise<Omit<ScanContext, 'signal' | 'checkpoint' | 'holder'> | null>;
  /** Age of a tenant's oldest counts. */
  readonly retentionMs: (tenantId: string) => Promise<number>;
}

const defaultRangeMs = 3_600_000;
const maxFindings = 100;

/** Compares a tenant's counts with its log store and with themselves; changes nothing. */
export function createLedgerVerificationKind(parts: LedgerVerificationParts): JobKind {
  return {
    name: 'ledger-verification',
    role: 'admin',
    retryDelaysSeconds: [30, 300],
    async run({ tenantId, job, signal, report }) {
      const opened = await parts.openContext(tenantId);
      if (opened === null) {
        return { findingCount: 0, findings: [] };
      }
      let pageCount = 0;
      const context: ScanContext = {
        ...opened,
        holder: null,
        signal,
        async checkpoint() {
          pageCount += 1;
          report(1 - 1 / (1 + pageCount / 10), `${pageCount} steps done`);
          await nextTurn();
          signal.throwIfAborted();
        },
      };
      const nowMs = context.clock.nowMs();
      const oldestMs = nowMs - (await parts.retentionMs(tenantId));
      const sinceMs = Number(job.input['sinceMs'] ?? nowMs - defaultRangeMs);
      const { findings, ...counts } = await verifyLedger(context, {
        fromMs: floorMinute(Math.min(nowMs, Math.max(sinceMs, oldestMs))),
        toMs: ceilMinute(nowMs),
      });
      return { ...counts, findingCount: findings.length, findings: findings.slice(0, maxFindings) };
    },
  };
}
