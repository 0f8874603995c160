import type { SearchLogsRequest } from '@loghunter/contracts';
import { connectServer, type ConnectionFlags } from '../connection/connect-server.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createStopSignal } from '../terminal/stop-signal.ts';
import { writeAnswer, type FormatFlags } from '../terminal/structured.ts';
import { parseSince } from '../times/since.ts';
import { renderSearch } from './render-search.ts';

/** Options of `loghunter search` as the command line gives them. */
export interface SearchFlags extends ConnectionFlags, FormatFlags {
  readonly service?: readonly string[];
  readonly namespace?: readonly string[];
  readonly level?: SearchLogsRequest['level'];
  readonly query?: string;
  readonly since: string;
  readonly limit: number;
  readonly lines: number;
}

/** `loghunter search`: exit code 1 when nothing was found, as grep does. */
export async function runSearch(text: string | undefined, flags: SearchFlags): Promise<ExitCode> {
  const nowMs = Date.now();
  const answer = await connectServer(flags).searchLogs(
    {
      from: String(parseSince(flags.since, nowMs)),
      to: String(nowMs),
      limit: flags.limit,
      linesPerCluster: flags.lines,
      ...(text === undefined ? {} : { text }),
      ...(flags.query === undefined ? {} : { query: flags.query }),
      ...(flags.service === undefined ? {} : { service: [...flags.service] }),
      ...(flags.namespace === undefined ? {} : { namespace: [...flags.namespace] }),
      ...(flags.level === undefined ? {} : { level: flags.level }),
    },
    createStopSignal()
  );
  await writeAnswer(flags, answer, () => renderSearch(answer));
  return answer.groups.length === 0 ? exitCodes.findings : exitCodes.fine;
}
