import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../terminal/printable.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'part of the path is not a directory',
  EMFILE: 'too many open files',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the device reports an input error',
  Z_BUF_ERROR: 'the compressed file ends too early (truncated)',
  Z_DATA_ERROR: 'the compressed data is damaged',
  ZSTD_error_corruption_detected: 'the compressed data is damaged',
  ZSTD_error_checksum_wrong: 'the compressed data is damaged',
  ZSTD_error_prefix_unknown: 'the compressed data is damaged',
};

/** One line for a file that cannot be read, or can only be read in part. */
export function inputError(name: string, reason: string, cause?: unknown): CliError {
  return new CliError(exitCodes.unavailable, `cannot read ${printable(name)}: ${reason}`, cause);
}

/** The same for an error of the operating system or of a decompressor. */
export function inputErrorFrom(name: string, cause: unknown): CliError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  return inputError(name, reasons[code] ?? printable(message), cause);
}
