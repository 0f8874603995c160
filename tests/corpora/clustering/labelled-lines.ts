/*
 * Labelled log lines for the clustering, made from statements: what a program's source holds, one per line of
 * `formats/<format>.txt`, whose first line is the form of the whole log line. `$1`, `$2` ... are the statement's columns.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createDraw, fillPattern } from './value-pools.ts';

/** A line and the number of the statement that wrote it. */
export interface LabelledLine {
  readonly text: string;
  readonly statement: number;
}

const folder = new URL('./formats/', import.meta.url);
const mostRepeats = 40;

/** Names of all formats, sorted. */
export function formatNames(): readonly string[] {
  return readdirSync(folder)
    .map((file) => file.replace(/\.txt$/, ''))
    .sort();
}

/** Lines of one format in a mixed order; every statement wrote between 1 and 40 of them. The same seed, the same lines. */
export function labelledLines(format: string, seed: number): readonly LabelledLine[] {
  const [form = '', ...statements] = readFileSync(new URL(`${format}.txt`, folder), 'utf8').trimEnd().split('\n');
  const draw = createDraw(seed);
  const lines: Array<LabelledLine & { readonly order: number }> = [];
  statements.forEach((written, statement) => {
    const columns = written.split(' ~ ').map((column) => (column.trim() === '~' ? '' : column));
    const pattern = form.replaceAll(/\$(\d)/g, (_whole, digit: string) => columns[Number(digit) - 1] ?? '');
    // Rare statements are as common as frequent ones: the square spreads the counts.
    const repeats = 1 + Math.floor((draw(1000) / 1000) ** 2 * mostRepeats);
    for (let count = 0; count < repeats; count++) {
      lines.push({ text: fillPattern(pattern, draw), statement, order: draw(1_000_000) });
    }
  });
  return lines.sort((a, b) => a.order - b.order).map(({ text, statement }) => ({ text, statement }));
}
