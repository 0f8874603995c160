/** `loghunter anomalies`: what a server has found, once or as it happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnomalyEvent, AnomalySeverity, Client } from '@loghunter/contracts';
import { connectServer, type ConnectionFlags } from '../connection/connect-server.ts';
import { sayCoverage } from '../coverage/say-coverage.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createOutput, say, type Output } from '../terminal/output.ts';
import { createStopSignal } from '../terminal/stop-signal.ts';
import { parseSince } from '../times/since.ts';
import { renderEvent } from './render-event.ts';

/** Options of `loghunter anomalies` as the command line gives them. */
export interface AnomalyFlags extends ConnectionFlags {
  readonly since: string;
  readonly severity: AnomalySeverity;
  readonly service?: readonly string[];
  readonly open?: true;
  readonly follow?: true;
  readonly json?: true;
}

/** The server looks once a minute; more questions would find nothing more. */
const followIntervalMs = 5000;
const pageSize = 200;
const maxRangeMs = 31 * 86_400_000 - 120_000;
const severities: readonly AnomalySeverity[] = ['low', 'medium', 'high', 'critical'];

/** Writes events; throws `CliError` when the server cannot be asked. */
export async function runAnomalies(flags: AnomalyFlags): Promise<ExitCode> {
  const nowMs = Date.now();
  const sinceMs = Math.max(parseSince(flags.since, nowMs), nowMs - maxRangeMs);
  const client = connectServer(flags);
  const output = createOutput();
  await sayCoverage(client, { from: String(sinceMs), to: String(nowMs) });
  if (flags.follow === true) {
    await follow(client, flags, sinceMs, output, createStopSignal());
    return exitCodes.fine;
  }
  const { events, detail } = await readEvents(client, flags, sinceMs);
  for (const event of events) {
    await write(output, flags, event);
  }
  await output.flush();
  if (detail !== '') {
    say(detail);
  }
  return events.length > 0 ? exitCodes.findings : exitCodes.fine;
}

async function follow(
  client: Client,
  flags: AnomalyFlags,
  sinceMs: number,
  output: Output,
  signal: AbortSignal
): Promise<void> {
  const seen = new Map<string, string>();
  let told = '';
  while (!signal.aborted) {
    const { events, detail } = await readEvents(client, flags, Math.max(sinceMs, Date.now() - maxRangeMs));
    for (const event of events) {
      const state = `${event.severity} ${event.endedAt ?? ''}`;
      if (seen.get(event.id) !== state) {
        seen.set(event.id, state);
        await write(output, flags, event);
      }
    }
    await output.flush();
    if (detail !== told && detail !== '') {
      say(detail);
    }
    told = detail;
    await sleep(followIntervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** All events that match, the earliest first, and what the server says of its detectors. */
async function readEvents(
  client: Client,
  flags: AnomalyFlags,
  sinceMs: number
): Promise<{ readonly events: readonly AnomalyEvent[]; readonly detail: string }> {
  const request = {
    from: String(sinceMs),
    severity: severities.slice(severities.indexOf(flags.severity)),
    kind: [],
    service: [...(flags.service ?? [])],
    ...(flags.open === true ? { state: 'open' as const } : {}),
    order: 'asc' as const,
    limit: pageSize,
  };
  const events: AnomalyEvent[] = [];
  for (;;) {
    const page = await client.listAnomalyEvents({ ...request, offset: events.length });
    events.push(...page.events);
    if (page.events.length === 0 || events.length >= page.totalCount) {
      return { events, detail: page.detection.detail };
    }
  }
}

function write(output: Output, flags: AnomalyFlags, event: AnomalyEvent): Promise<void> | undefined {
  return output.write(`${flags.json === true ? JSON.stringify(event) : renderEvent(event)}\n`);
}
