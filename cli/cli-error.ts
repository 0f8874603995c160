import type { ExitCode } from './exit-codes.ts';

const marker = Symbol.for('loghunter.cli-error');

/** Ends a command with one line on standard error and an exit code. */
export class CliError extends Error {
  readonly [marker] = true;
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** Recognises a {@link CliError} by its marker. */
export function isCliError(value: unknown): value is CliError {
  return typeof value === 'object' && value !== null && marker in value;
}
