/*
 * Labelled log files in a folder of folders: `NAME/NAME_*.log` and `NAME_*.log_structured.csv` beside it, with a row a line
 * and the columns `Content` and `EventId`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file's lines, whole or their messages only, with what wrote each. */
export interface LabelledSet {
  readonly name: string;
  readonly lines: readonly string[];
  readonly statements: readonly string[];
}

const labels = '_structured.csv';

/** Rows of a CSV file with quoted cells (RFC 4180). */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') {
      rows.push([]);
    }
  }
  return rows.filter((row) => row.length > 1);
}

function readSet(folder: string, name: string, view: string): LabelledSet | null {
  const file = readdirSync(join(folder, name)).find((entry) => entry.endsWith(`.log${labels}`));
  if (file === undefined) {
    return null;
  }
  const [header = [], ...rows] = rowsOf(readFileSync(join(folder, name, file), 'utf8'));
  const column = (title: string): string[] => rows.map((row) => row[header.indexOf(title)] ?? '');
  const log = readFileSync(join(folder, name, file.slice(0, -labels.length)), 'utf8');
  const lines = view === 'content' ? column('Content') : log.replace(/\r?\n$/, '').split(/\r?\n/);
  const statements = column('EventId');
  if (lines.length !== statements.length) {
    throw new Error(`${name}: ${lines.length} lines, ${statements.length} labels`);
  }
  return { name, lines: lines.map((line) => line.replaceAll(/[\r\n]/g, ' ')), statements };
}

/**
 * The sets of a folder by name.
 * @param view `raw`: lines as they stand in the log; `content`: their messages without headers
 */
export function readLabelledSets(folder: string, view: string): readonly LabelledSet[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => readSet(folder, name, view) ?? []);
}

const burst = 50;

/** At least `count` lines in bursts of each set in turn; digits differ from pass to pass, so that few lines repeat. */
export function longLog(sets: readonly LabelledSet[], count: number): readonly string[] {
  const lines: string[] = [];
  for (let turn = 0; lines.length < count; turn++) {
    for (const { lines: own } of sets) {
      const from = (turn * burst) % own.length;
      const pass = Math.floor((turn * burst) / own.length);
      for (const line of own.slice(from, from + burst)) {
        lines.push(line.replaceAll(/\d(?=\d)/g, (digit) => String((Number(digit) + pass) % 10)));
      }
    }
  }
  return lines.slice(0, count);
}
