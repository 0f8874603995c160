import { configurationExitCode, isConfigError, readConfig } from './config.ts';
import { isPortError } from '@loghunter/ports';
import { isStartError, startServer, type RunningServer } from './server.ts';

/** Exit code for something outside that is missing or busy, as the command line uses it. */
const unavailableExitCode = 3;

try {
  stopOnSignals(await startServer(readConfig()));
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

function stopOnSignals(server: RunningServer): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second signal finds no handler and ends the process at once.
      void server.stop().catch(failStop);
    });
  }
}

function failStop(error: unknown): void {
  process.stderr.write(`loghunter: stopping failed: ${String(error)}\n`);
  process.exitCode = 70;
}
