// `loghunter audit verify` on the configured database.
import type { AuditVerification } from '@loghunter/ports';
import { openDatabase } from './composition.ts';
import type { Config } from './config.ts';

/** What the walk along one tenant's audit log came to. */
export interface TenantAuditVerification extends AuditVerification {
  readonly tenantName: string;
}

/** Walks along the audit log of every tenant. Throws `PortError`. */
export async function verifyConfiguredAuditLog(config: Config): Promise<readonly TenantAuditVerification[]> {
  const { database, ledger, auditLog } = await openDatabase(config);
  try {
    const verifications: TenantAuditVerification[] = [];
    for (const tenant of await ledger.listTenants()) {
      verifications.push({ tenantName: tenant.name, ...(await auditLog.verify(tenant.id)) });
    }
    return verifications;
  } finally {
    await database.close();
  }
}
