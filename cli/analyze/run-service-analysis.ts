import { setTimeout as sleep } from 'node:timers/promises';
import type { Analysis, Client } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { connectServer, type ConnectionFlags } from '../connection/connect-server.ts';
import { readTerminal } from '../environment.ts';
import { sayCoverage } from '../coverage/say-coverage.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { explainAnalysis, renderExplanation } from './explain-analysis.ts';
import { createOutput } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress } from '../terminal/progress.ts';
import { createStopSignal } from '../terminal/stop-signal.ts';
import { parseSince } from '../times/since.ts';

/** Options of `loghunter analyze --service` as the command line gives them. */
export interface ServiceAnalysisFlags extends ConnectionFlags {
  readonly service: string;
  readonly namespace?: string;
  readonly since?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
}

const pollMs = 500;

/** `loghunter analyze --service`: has a server look for the root cause, waits, and writes the evidence as text or JSON. */
export async function runServiceAnalysis(flags: ServiceAnalysisFlags): Promise<ExitCode> {
  const client = connectServer(flags);
  const signal = createStopSignal();
  const progress = createProgress(readTerminal().showProgress);
  const nowMs = Date.now();
  const { analysis: begun } = await client.startAnalysis(
    {
      subject: {
        kind: 'service',
        service: flags.service,
        ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
      },
      ...(flags.since === undefined
        ? {}
        : {
            incident: {
              from: new Date(parseSince(flags.since, nowMs)).toISOString(),
              to: new Date(nowMs).toISOString(),
            },
          }),
    },
    signal
  );
  const analysis = await waitForEnd(client, begun.id, signal, (text) => progress.show(() => text));
  progress.clear();
  if (analysis === null) {
    await client.cancelJob({ id: begun.jobId });
    return exitCodes.interrupted;
  }
  if (analysis.status !== 'succeeded') {
    throw new CliError(
      exitCodes.unavailable,
      `the analysis ${analysis.status}: ${analysis.failure ?? 'no reason was given'}`
    );
  }
  const explanation = flags.explain === true ? await explainAnalysis(client, analysis.id, signal) : undefined;
  if (explanation === null) {
    return exitCodes.interrupted;
  }
  const output = createOutput();
  if (flags.json === true) {
    const document = { ...analysis, ...(explanation === undefined ? {} : { explanation }) };
    await output.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    await output.write(`${textOf(analysis)}${explanation === undefined ? '' : `\n${renderExplanation(explanation)}`}`);
  }
  await output.flush();
  await sayCoverage(client, analysis.incident, signal);
  return exitCodes.fine;
}

/** The analysis when it has ended; null when somebody stopped waiting. */
async function waitForEnd(
  client: Client,
  id: string,
  signal: AbortSignal,
  show: (text: string) => void
): Promise<Analysis | null> {
  for (;;) {
    if (signal.aborted) {
      return null;
    }
    const analysis = await client.getAnalysis({ id });
    if (analysis.status !== 'queued' && analysis.status !== 'running') {
      return analysis;
    }
    show(`${Math.round(analysis.progress * 100)} % ${analysis.progressText}`);
    await sleep(pollMs);
  }
}

/** Its lines as a terminal may see them. */
function textOf({ text }: Analysis): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}
