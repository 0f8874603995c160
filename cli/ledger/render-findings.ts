import type { LedgerFinding, LedgerVerification } from '@loghunter/bff/ledger-verification';
import { printable } from '../terminal/printable.ts';

const meanings: Readonly<Record<LedgerFinding['kind'], string>> = {
  lines: 'the log store',
  clusters: 'its clusters',
  'stream-hour': 'its minutes',
  'cluster-span': 'its minutes',
  'source-span': 'its minutes',
  'cluster-level': 'its days',
  cluster: 'its levels',
  'first-seen': 'its minutes',
  'last-seen': 'its minutes',
};

/** One line of tab-separated columns: kind, time, what it is about, what the ledger says, what was expected and by whom. */
export function renderFinding(finding: LedgerFinding): string {
  const subject =
    finding.labels === null
      ? finding.subjectId
      : `{${Object.entries(finding.labels)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
          .join(', ')}}`;
  return [
    finding.kind,
    finding.startMs === null ? 'total' : new Date(finding.startMs).toISOString(),
    printable(subject),
    `ledger ${describeValue(finding, finding.stored)}`,
    `${meanings[finding.kind]} ${describeValue(finding, finding.expected)}`,
  ].join('\t');
}

function describeValue({ kind }: LedgerFinding, value: number | null): string {
  if (value === null) {
    return 'never';
  }
  return kind === 'first-seen' || kind === 'last-seen' ? new Date(value).toISOString() : String(value);
}

/** What was compared, and how many differences there are. */
export function describeComparison(verification: LedgerVerification): string {
  const { range, comparedMinuteCount, forgottenMinuteCount, unreadLineCount, findings } = verification;
  const notes = [
    forgottenMinuteCount > 0
      ? [`${forgottenMinuteCount} stream minutes are no longer in the log store and were not compared`]
      : [],
    unreadLineCount > 0 ? [`${unreadLineCount} lines are stated as unread`] : [],
  ].flat();
  const outcome = findings.length === 0 ? 'no difference' : `${findings.length} differences`;
  return [
    `${outcome} in ${comparedMinuteCount} stream minutes since ${new Date(range.fromMs).toISOString()}`,
    ...notes,
  ].join('; ');
}

/** How the repair went. */
export function describeRepair(before: LedgerVerification, after: LedgerVerification): string {
  const leftCount = after.findings.length;
  return leftCount === 0
    ? `all ${before.findings.length} differences mended`
    : `${leftCount} differences are left of ${before.findings.length}`;
}
