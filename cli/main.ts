import { isPortError } from '@loghunter/ports';
import { isCliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { say } from './terminal/output.ts';
import { printable } from './terminal/printable.ts';

// The reader went away, as in `loghunter analyze x.log | head -1`: there is nobody left to tell anything.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.fine : exitCodes.unavailable);
});
process.stderr.on('error', () => process.exit(exitCodes.unavailable));

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (isCommanderError(error)) {
    return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  }
  if (isCliError(error)) {
    say(error.message);
    return error.exitCode;
  }
  if (isPortError(error)) {
    say(error.message);
    return exitCodes.unavailable;
  }
  if (isConfigError(error)) {
    say(error.message);
    return exitCodes.configuration;
  }
  say(
    `this is a bug, please report it: ${error instanceof Error ? (error.stack ?? error.message) : printable(String(error))}`
  );
  return exitCodes.bug;
}

function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error
  );
}

// By its marker: loading the configuration itself would slow down every command.
function isConfigError(error: unknown): error is Error {
  return error instanceof Error && Symbol.for('loghunter.config-error') in error;
}
