import { readConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { say } from '../terminal/output.ts';
import { createStopSignal, untilAborted } from '../terminal/stop-signal.ts';

/** `loghunter serve`: runs until it is told to stop. */
export async function runServe(): Promise<ExitCode> {
  const config = readConfig();
  const signal = createStopSignal();
  const server = await startServer(config);
  process.stdout.write(`${server.url}\n`);
  if (server.bootstrapKey !== null) {
    say(`the first API key, shown this once: ${server.bootstrapKey}`);
  }
  await untilAborted(signal);
  await server.stop();
  return exitCodes.fine;
}
