// A case as a folder: what logs, spans and metrics said before and during an incident.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFingerprinter, type Fingerprinter } from '@loghunter/engine/fingerprints';
import type { LogEntry } from '@loghunter/engine/records';
import {
  identifyEntries,
  type CaseLoad,
  type CaseSpan,
  type EvidenceCase,
  type EvidenceWindow,
} from '@loghunter/engine/root-cause';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names under which agents report a container's share of processor time. */
const loadNames = /^(container_)?cpu_?usage_?(rate|percent|utili[sz]ation)?\s*(\(%\))?$/i;

/** Stretches of time that are counted as read when anything was written in them. */
const stretchMs = 10_000;

/**
 * Reads `baseline/` and `incident/` with `logs.jsonl`, `traces.jsonl` and `metrics.jsonl`, each of which may be absent.
 * Throws `CliError` for a folder without any, and for a line that is not what it must be.
 */
export async function readCase(folder: string): Promise<EvidenceCase> {
  // Nothing is kept, and nothing leaves the machine that has the folder.
  const fingerprinter = createFingerprinter({ takesPrivateText: true });
  const baseline = await readWindow(join(folder, 'baseline'), fingerprinter);
  const incident = await readWindow(join(folder, 'incident'), fingerprinter);
  const isEmpty = ({ lines, spans, loads }: EvidenceWindow) => lines.length + spans.length + loads.length === 0;
  if (isEmpty(baseline) && isEmpty(incident)) {
    throw new CliError(
      exitCodes.unavailable,
      `${folder} holds no case: baseline/logs.jsonl and incident/logs.jsonl are missing or empty`
    );
  }
  const unchanged = (text: string) => text;
  return {
    ...{ subjectText: folder, service: '', baseline, incident, deploys: [], notLookedAt: [] },
    // Quotations are to be found in the folder.
    ...{ redact: unchanged, quote: unchanged, queryOf: () => '' },
  };
}

async function readWindow(folder: string, fingerprinter: Fingerprinter): Promise<EvidenceWindow> {
  const entries = await readRows(join(folder, 'logs.jsonl'), toEntry);
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
  const sorted = entries
    // A moment before 1970 is an empty time that a logger wrote.
    .filter(({ timestampNs }) => timestampNs > 0n)
    .sort((a, b) => (a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0));
  const lines = identifyEntries(sorted, fingerprinter);
  return {
    ...timesOf([...lines.map(({ atMs }) => atMs), ...spans.map(({ startMs }) => startMs)]),
    lines,
    spans: spans.sort((a, b) => a.startMs - b.startMs),
    loads: loads.flat(),
    queries: [],
  };
}

function toEntry(row: Fields): LogEntry {
  const timestampNs = nanosecondsOf(row, 'ts');
  const [traceId, spanId] = [textOf(row, 'trace'), textOf(row, 'span')];
  return {
    timestampNs,
    line: textOf(row, 'line'),
    labels: { service_name: textOf(row, 'service'), ...(typeof row['pod'] === 'string' ? { pod: row['pod'] } : {}) },
    metadata: { ...(traceId === '' ? {} : { trace_id: traceId }), ...(spanId === '' ? {} : { span_id: spanId }) },
  };
}

/** The time that a window spans, and how much of that has anything: a baseline may be made of several times. */
function timesOf(moments: readonly number[]): Pick<EvidenceWindow, 'fromMs' | 'toMs' | 'readMs'> {
  if (moments.length === 0) {
    return { fromMs: 0, toMs: 0, readMs: 0 };
  }
  const fromMs = moments.reduce((least, atMs) => Math.min(least, atMs));
  const toMs = moments.reduce((most, atMs) => Math.max(most, atMs)) + 1;
  const stretches = new Set(moments.map((atMs) => Math.floor(atMs / stretchMs)));
  return { fromMs, toMs, readMs: Math.min(toMs - fromMs, stretches.size * stretchMs) };
}

/** Microseconds are what a double holds exactly at this size. */
function toMs(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) / 1000;
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
