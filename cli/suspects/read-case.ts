// A case as a folder: what logs, spans and metrics said before and during an incident.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseLine, CaseLoad, CaseSpan, CaseWindow, IncidentCase } from '@loghunter/engine/root-cause';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names under which agents report a container's share of processor time. */
const loadNames = /^(container_)?cpu_?usage_?(rate|percent|utili[sz]ation)?\s*(\(%\))?$/i;

/**
 * Reads `baseline/` and `incident/` with `logs.jsonl`, `traces.jsonl` and `metrics.jsonl`, each of which may be absent.
 * Throws `CliError` for a folder without any, and for a line that is not what it must be.
 */
export async function readCase(folder: string): Promise<IncidentCase> {
  const origin = createOrigin();
  const baseline = await readWindow(join(folder, 'baseline'), origin);
  const incident = await readWindow(join(folder, 'incident'), origin);
  const isEmpty = ({ lines, spans, loads }: CaseWindow) => lines.length + spans.length + loads.length === 0;
  if (isEmpty(baseline) && isEmpty(incident)) {
    throw new CliError(
      exitCodes.unavailable,
      `${folder} holds no case: baseline/logs.jsonl and incident/logs.jsonl are missing or empty`
    );
  }
  return { baseline, incident };
}

/** Turns nanoseconds since 1970 into milliseconds since the first moment seen, which keeps fractions exact enough. */
function createOrigin(): (nanoseconds: bigint) => number {
  let origin: bigint | undefined;
  return (nanoseconds) => {
    origin ??= nanoseconds;
    return Number(nanoseconds - origin) / 1e6;
  };
}

async function readWindow(folder: string, toMs: (nanoseconds: bigint) => number): Promise<CaseWindow> {
  const lines = await readRows(join(folder, 'logs.jsonl'), (row): CaseLine => ({
    atMs: toMs(nanosecondsOf(row, 'ts')),
    service: textOf(row, 'service'),
    traceId: textOf(row, 'trace'),
    spanId: textOf(row, 'span'),
    text: textOf(row, 'line'),
  }));
  const spans = await readRows(join(folder, 'traces.jsonl'), (row): CaseSpan => ({
    traceId: textOf(row, 'trace'),
    spanId: textOf(row, 'span'),
    parentId: textOf(row, 'parent'),
    service: textOf(row, 'service'),
    operation: textOf(row, 'operation'),
    startMs: toMs(nanosecondsOf(row, 'start')),
    endMs: toMs(nanosecondsOf(row, 'end')),
  }));
  const loads = await readRows(join(folder, 'metrics.jsonl'), (row) => toLoads(row));
  return {
    lines: lines.sort((a, b) => a.atMs - b.atMs),
    spans: spans.sort((a, b) => a.startMs - b.startMs),
    loads: loads.flat(),
  };
}

function toLoads(row: Fields): CaseLoad[] {
  const values = row['values'];
  if (typeof values !== 'object' || values === null) {
    throw new TypeError('values must be an object');
  }
  return Object.entries(values).flatMap(([name, percent]: [string, unknown]) =>
    loadNames.test(name) && name.includes('%') && typeof percent === 'number'
      ? [{ service: textOf(row, 'service'), percent }]
      : []
  );
}

async function readRows<Row>(path: string, toRow: (fields: Fields) => Row): Promise<Row[]> {
  const text = await readText(path);
  const rows: Row[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      continue;
    }
    try {
      const fields: unknown = JSON.parse(line);
      if (typeof fields !== 'object' || fields === null) {
        throw new TypeError('is not a JSON object');
      }
      rows.push(toRow(fields as Fields));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(exitCodes.usage, `${path}, line ${index + 1}: ${reason}`, error);
    }
  }
  return rows;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return '';
    }
    throw new CliError(exitCodes.unavailable, `${path} cannot be read`, error);
  }
}

function textOf(row: Fields, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a text`);
  }
  return value;
}

function nanosecondsOf(row: Fields, name: string): bigint {
  const value = row[name];
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) {
    throw new TypeError(`${name} must be nanoseconds since 1970, written as a text`);
  }
  return BigInt(value);
}
