import { verifyConfiguredAuditLog, type TenantAuditVerification } from '@loghunter/bff/audit-verification';
import { readConfig } from '@loghunter/bff/config';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { say } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';

/** `loghunter audit verify`: one line for each tenant whose chain is broken on standard output, what was checked on standard error. */
export async function runVerifyAudit(): Promise<ExitCode> {
  const verifications = await verifyConfiguredAuditLog(readConfig());
  for (const verification of verifications) {
    if (verification.broken !== null) {
      process.stdout.write(`${describeBroken(verification, verification.broken)}\n`);
    }
    say(describeChecked(verification));
  }
  return verifications.every(({ broken }) => broken === null) ? exitCodes.fine : exitCodes.findings;
}

function describeBroken(
  { tenantName }: TenantAuditVerification,
  broken: { readonly sequence: number; readonly reason: string }
): string {
  return `${printable(tenantName)}\tentry ${broken.sequence}\t${broken.reason}`;
}

function describeChecked({ tenantName, checkedCount, deletedSegmentCount, broken }: TenantAuditVerification): string {
  const deleted = deletedSegmentCount === 0 ? '' : `, ${deletedSegmentCount} old segments deleted by retention`;
  return `${printable(tenantName)}: ${broken === null ? 'all' : 'broken after'} ${checkedCount} entries hold${deleted}`;
}
