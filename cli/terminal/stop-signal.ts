import { exitCodes } from '../exit-codes.ts';
import { say } from './output.ts';

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function createStopSignal(): AbortSignal {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) {
      process.exit(exitCodes.interrupted);
    }
    say('stopping; press Ctrl-C again to stop at once');
    controller.abort();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return controller.signal;
}

/** Resolves when the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
