import { CountDetector } from '@loghunter/engine/detection';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { readNumber, readRows, type CsvRow } from './read-rows.ts';

const minuteMs = 60_000;

/**
 * Reads `timestamp,total,errors`, a row a minute, an empty total for a minute without data, a minute again for its late
 * lines; writes a line a row: the severity 0 (none) to 4 (CRITICAL), with the number of its event when it is not 0.
 */
export async function detectCounts(chunks: AsyncIterable<Buffer>, output: Output): Promise<void> {
  const detector = new CountDetector();
  await readRows(chunks, 'timestamp,total,errors', (row) => {
    const counts = row.fields[1] === '' ? null : { total: readCount(row, 1), errors: readCount(row, 2) };
    const { severity, event } = detector.observe(Math.floor(row.atMs / minuteMs), counts);
    return output.write(severity === 0 ? '0\n' : `${severity},${event}\n`);
  });
  await output.flush();
}

function readCount(row: CsvRow, place: 1 | 2): number {
  const name = place === 1 ? 'total' : 'errors';
  const count = readNumber(row, place, name);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new CliError(exitCodes.usage, `row ${row.number}: ${name} must be a whole number from 0 on`);
  }
  return count;
}
