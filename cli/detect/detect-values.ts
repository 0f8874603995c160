import { ValueDetector } from '@loghunter/engine/detection';
import type { Output } from '../terminal/output.ts';
import { readNumber, readRows } from './read-rows.ts';

/** Reads `timestamp,value`, oldest first; writes the score of each row: 0 for usual, 1 and more for what deserves a look. */
export async function detectValues(chunks: AsyncIterable<Buffer>, output: Output): Promise<void> {
  const detector = new ValueDetector();
  await readRows(chunks, 'timestamp,value', (row) => {
    const score = detector.observe(readNumber(row, 1, 'value'), new Date(row.atMs).getUTCHours());
    return output.write(`${score.toFixed(6)}\n`);
  });
  await output.flush();
}
