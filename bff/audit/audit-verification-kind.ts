import type { AuditLog } from '@loghunter/ports';
import type { JobKind } from '../jobs/job-kind.ts';

/** Walks a tenant's audit log and names the first entry that is not what was written. */
export function createAuditVerificationKind(auditLog: AuditLog): JobKind {
  return {
    name: 'audit-verification',
    role: 'admin',
    retryDelaysSeconds: [30, 300],
    run({ tenantId, report }) {
      report(0, 'walking along the chain');
      return auditLog.verify(tenantId);
    },
  };
}
