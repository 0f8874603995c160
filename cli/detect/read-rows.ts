import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { createLineSplitter } from '../files/line-splitter.ts';

/** One row of a CSV file without quoting. */
export interface CsvRow {
  /** From 1, the header included. */
  readonly number: number;
  /** Milliseconds since 1970; times without a zone are UTC. */
  readonly atMs: number;
  readonly fields: readonly string[];
}

/**
 * Reads rows that begin with a time, as they arrive. Throws `CliError` for a header other than `header`, for too few
 * fields and for what is not a time; empty lines are skipped.
 */
export async function readRows(
  chunks: AsyncIterable<Buffer>,
  header: string,
  take: (row: CsvRow) => Promise<void> | undefined
): Promise<void> {
  const names = header.split(',');
  const lines: string[] = [];
  let number = 0;
  const splitter = createLineSplitter((line) => lines.push(line));
  async function drain(): Promise<void> {
    for (const line of lines.splice(0)) {
      number += 1;
      const text = line.trim();
      if (number === 1) {
        checkHeader(text, header);
      } else if (text !== '') {
        await take(toRow(text, number, names.length));
      }
    }
  }
  for await (const chunk of chunks) {
    splitter.push(chunk);
    await drain();
  }
  splitter.end();
  await drain();
  if (number === 0) {
    throw new CliError(exitCodes.usage, `standard input is empty: the first line must be ${header}`);
  }
}

/** A number of a row; throws `CliError` that names the row. */
export function readNumber(row: CsvRow, place: number, name: string): number {
  const text = row.fields[place] ?? '';
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new CliError(
      exitCodes.usage,
      `row ${row.number}: ${name} is ${JSON.stringify(text.slice(0, 40))}, not a number`
    );
  }
  return value;
}

function checkHeader(text: string, header: string): void {
  if (text.replace(/^\uFEFF/, '').toLowerCase() !== header) {
    throw new CliError(exitCodes.usage, `the first line must be ${header}`);
  }
}

function toRow(text: string, number: number, fieldCount: number): CsvRow {
  const fields = text.split(',');
  if (fields.length !== fieldCount) {
    throw new CliError(exitCodes.usage, `row ${number} has ${fields.length} fields, not ${fieldCount}`);
  }
  const time = (fields[0] ?? '').trim().replace(' ', 'T');
  const atMs = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`);
  if (!Number.isFinite(atMs)) {
    throw new CliError(
      exitCodes.usage,
      `row ${number}: ${JSON.stringify((fields[0] ?? '').slice(0, 40))} is not a time`
    );
  }
  return { number, atMs, fields };
}
