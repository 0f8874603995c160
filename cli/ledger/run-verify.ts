import { readConfig } from '@loghunter/bff/config';
import { verifyConfiguredLedger } from '@loghunter/bff/ledger-verification';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createOutput, say } from '../terminal/output.ts';
import { parseSince } from '../times/since.ts';
import { describeComparison, describeRepair, renderFinding } from './render-findings.ts';

/** Options of `loghunter ledger verify` as the command line gives them. */
export interface VerifyFlags {
  readonly since: string;
  readonly repair?: boolean;
}

/** `loghunter ledger verify`: one line for each difference on standard output, what they come to on standard error. */
export async function runVerify(flags: VerifyFlags): Promise<ExitCode> {
  const sinceMs = parseSince(flags.since, Date.now());
  const { before, after } = await verifyConfiguredLedger(readConfig(), {
    sinceMs,
    repairs: flags.repair === true,
    signal: new AbortController().signal,
  });
  const output = createOutput();
  for (const finding of before.findings) {
    await output.write(`${renderFinding(finding)}\n`);
  }
  await output.flush();
  say(describeComparison(before));
  if (after !== null) {
    say(describeRepair(before, after));
    for (const finding of after.findings.slice(0, 10)) {
      say(`still different: ${renderFinding(finding)}`);
    }
  }
  return before.findings.length === 0 ? exitCodes.fine : exitCodes.findings;
}
