import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isPortError } from '@loghunter/ports';
import { checkoutDirectory } from './checkout-paths.ts';
import { isCliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { say } from './terminal/output.ts';
import { printable } from './terminal/printable.ts';

// Commands load their code later: compiled code is kept beside the checkout, where it can be. Not in the folder for temporary files, which
// others may write to.
enableCompileCache(join(checkoutDirectory, '.cache', 'compiled'));

// The reader went away, as in `loghunter analyze x.log | head -1`: there is nobody left to tell anything.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit(exitCodes.fine);
  }
  say(`cannot write the output: ${error.code === 'ENOSPC' ? 'no space left on the device' : printable(error.message)}`);
  process.exit(exitCodes.unavailable);
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
  if (isPortError(error) || isMarked(error, 'loghunter.start-error')) {
    say(error.message);
    return exitCodes.unavailable;
  }
  if (isMarked(error, 'loghunter.config-error')) {
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

// The server's own errors are known by their markers: loading the server for their classes would slow down every command.
function isMarked(error: unknown, name: string): error is Error {
  return error instanceof Error && Symbol.for(name) in error;
}
