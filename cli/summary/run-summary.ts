import { connectServer, type ConnectionFlags } from '../connection/connect-server.ts';
import { sayCoverage } from '../coverage/say-coverage.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createStopSignal } from '../terminal/stop-signal.ts';
import { writeAnswer, type FormatFlags } from '../terminal/structured.ts';
import { parseSince } from '../times/since.ts';
import { renderSummary } from './render-summary.ts';

/** Options of `loghunter summary` as the command line gives them. */
export interface SummaryFlags extends ConnectionFlags, FormatFlags {
  readonly service?: readonly string[];
  readonly namespace?: readonly string[];
  readonly since: string;
  readonly limit: number;
}

/** States that nobody has put away. */
const openStates = ['regressed', 'escalating', 'new', 'ongoing'] as const;

/** `loghunter summary`: exit code 1 when a cluster is new, escalating or back after it was resolved. */
export async function runSummary(flags: SummaryFlags): Promise<ExitCode> {
  const nowMs = Date.now();
  const client = connectServer(flags);
  const signal = createStopSignal();
  const wanted = {
    from: String(parseSince(flags.since, nowMs)),
    to: String(nowMs),
    ...(flags.service === undefined ? {} : { service: [...flags.service] }),
    ...(flags.namespace === undefined ? {} : { namespace: [...flags.namespace] }),
  };
  const overview = await client.getOverview(wanted, signal);
  const { clusters } = await client.listClusters(
    { ...wanted, state: [...openStates], sort: 'state', limit: flags.limit },
    signal
  );
  const summary = { overview, clusters };
  await writeAnswer(flags, summary, () => renderSummary(summary));
  await sayCoverage(client, overview.range, signal);
  const needsWork = overview.states.some(
    ({ state }) => state !== 'ongoing' && openStates.some((open) => open === state)
  );
  return needsWork ? exitCodes.findings : exitCodes.fine;
}
