// How long a question takes in a database on this machine, and how much of a processor.
import { readFile } from 'node:fs/promises';
import type { SqlDatabase } from '@loghunter/ports';

/** What calls took, in milliseconds. */
export interface DatabaseTime {
  readonly p95Ms: number;
  /** Processor time of one call in the database; other work on the machine changes it far less than the time on the clock. */
  readonly processorMs: number;
}

// Linux counts processor time in hundredths of a second (proc(5), `stat`, fields 14 and 15).
const tickMs = 10;

/** Processor time that a process has had so far, in milliseconds. */
export async function processorMsOf(processId: number): Promise<number> {
  const fields = (await readFile(`/proc/${processId}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Processor time of the connection that answers. */
async function readProcessorMs(database: SqlDatabase): Promise<readonly [processId: number, timeMs: number]> {
  const rows = await database.withInstallation((session) =>
    session.query<{ process_id: number }>('select pg_backend_pid() as process_id')
  );
  const processId = rows[0]?.process_id ?? 0;
  return [processId, await processorMsOf(processId)];
}

/** Measures calls one after the other and prints what they took; the first one is left out, unless it cannot be repeated. */
export async function measureDatabase(
  database: SqlDatabase,
  name: string,
  callCount: number,
  call: (index: number) => Promise<unknown>,
  { isFirstLeftOut = true }: { readonly isFirstLeftOut?: boolean } = {}
): Promise<DatabaseTime> {
  const timesMs: number[] = [];
  if (isFirstLeftOut) {
    await call(0);
  }
  const [processBefore, beforeMs] = await readProcessorMs(database);
  for (let index = 0; index < callCount; index += 1) {
    const beganAt = performance.now();
    await call(index);
    timesMs.push(performance.now() - beganAt);
  }
  const [processAfter, afterMs] = await readProcessorMs(database);
  const sorted = timesMs.toSorted((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((ratio) => sorted[Math.ceil(sorted.length * ratio) - 1]);
  const processorMs = processBefore === processAfter ? (afterMs - beforeMs) / callCount : Number.NaN;
  console.log(
    `  ${name}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, processor time of the database ${processorMs.toFixed(0)} ms`
  );
  return { p95Ms: p95, processorMs };
}
