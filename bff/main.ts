import { configurationExitCode, isConfigError, readConfig } from './config.ts';
import { isPortError } from '@loghunter/ports';
import { isStartError, startServer } from './server.ts';

/** Exit code for something outside that is missing or busy, as the command line uses it. */
const unavailableExitCode = 3;

// Listened for before the start: a signal that comes while the server starts ends it in order as soon as it runs.
const stopRequested = waitForSignal();
try {
  const server = await startServer(readConfig());
  if (server.bootstrapKey !== null) {
    process.stderr.write(`loghunter: the first API key, shown this once: ${server.bootstrapKey}\n`);
  }
  void stopRequested.then(() => server.stop()).catch(failStop);
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (isConfigError(error) || isPortError(error) || isStartError(error)) {
    process.stderr.write(`loghunter: ${error.message}\n`);
    return isConfigError(error) ? configurationExitCode : unavailableExitCode;
  }
  throw error;
}

function waitForSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A second signal finds no handler and ends the process at once.
    process.once(signal, () => resolve());
  }
  return promise;
}

function failStop(error: unknown): void {
  process.stderr.write(`loghunter: stopping failed: ${String(error)}\n`);
  process.exitCode = 70;
}
