import { isProblemError } from '@loghunter/bff/administration';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** Runs a call of the API; what it refuses becomes one line and the exit code for wrong use. */
export async function withProblems<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isProblemError(error) ? new CliError(exitCodes.usage, error.message, error) : error;
  }
}
