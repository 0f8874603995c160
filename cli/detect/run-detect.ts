import { createOutput } from '../terminal/output.ts';
import { detectCounts } from './detect-counts.ts';
import { detectValues } from './detect-values.ts';

/** `loghunter detect counts`: standard input to standard output. */
export async function runDetectCounts(): Promise<void> {
  await detectCounts(process.stdin, createOutput());
}

/** `loghunter detect series`: standard input to standard output. */
export async function runDetectSeries(): Promise<void> {
  await detectValues(process.stdin, createOutput());
}
