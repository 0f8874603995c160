import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { longestPageMs } from './demo-content.ts';

// Long enough for big files on a slow machine; the progress line tells that it goes on.
const patienceMs = 10 * 60_000;
const intervalMs = 200;
const minuteMs = 60_000;

/** What the wait looks at. */
export interface WaitRequest {
  /** Range that must have been read (milliseconds since 1970). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Told how many lines are counted so far. */
  readonly onProgress: (lineCount: number) => void;
  readonly signal: AbortSignal;
}

/** Resolves when the server has read the range and found clusters in it. */
export async function waitForClusters(client: Client, request: WaitRequest): Promise<void> {
  const endMs = Date.now() + patienceMs;
  const fromMs = Math.max(request.fromMs, request.toMs - longestPageMs);
  while (!request.signal.aborted) {
    const { coverage, totalClusterCount } = await client.listClusters({
      from: String(fromMs),
      to: String(request.toMs),
      service: [],
      namespace: [],
      level: [],
      limit: 1,
    });
    request.onProgress(coverage.lineCount);
    const readUpToMs = coverage.readUpTo === null ? 0 : Date.parse(coverage.readUpTo);
    if (totalClusterCount > 0 && readUpToMs >= request.toMs - minuteMs * 3) {
      return;
    }
    if (Date.now() > endMs) {
      throw new CliError(exitCodes.unavailable, 'the server found no clusters in ten minutes; its log says why');
    }
    await sleep(intervalMs, undefined, { signal: request.signal }).catch(() => undefined);
  }
}
