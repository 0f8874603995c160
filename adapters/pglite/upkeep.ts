import type { PGlite } from '@electric-sql/pglite';
import type { SerialQueue } from './serial-queue.ts';

// Thresholds of Postgres's autovacuum (its documentation, "The Autovacuum Daemon"), which PGlite has none of: without statistics filtered
// lists go through all counts, and without a vacuum the space of deleted rows is never used again.
const dueText = `
  select format('%I.%I', stats.schemaname, stats.relname) as name,
    stats.n_dead_tup > 50 + 0.2 * greatest(reltuples, 0) or stats.n_ins_since_vacuum > 1000 + 0.2 * greatest(reltuples, 0) as needs_vacuum,
    stats.n_mod_since_analyze > 50 + 0.1 * greatest(reltuples, 0) as needs_statistics
  from pg_stat_user_tables stats join pg_class on pg_class.oid = stats.relid`;

interface DueTable {
  readonly name: string;
  readonly needs_vacuum: boolean;
  readonly needs_statistics: boolean;
}

/** Does the work of autovacuum on the tables that have changed enough, each in its turn, so that others wait for one table at most. */
export async function keepUp(engine: PGlite, queue: SerialQueue): Promise<void> {
  const { rows } = await queue.run(() => engine.query<DueTable>(dueText));
  for (const { name, needs_vacuum: needsVacuum, needs_statistics: needsStatistics } of rows) {
    if (needsVacuum || needsStatistics) {
      const verb = needsVacuum ? `vacuum${needsStatistics ? ' (analyze)' : ''}` : 'analyze';
      // Left to the next time, and to those who ask meanwhile: one table must not keep the others from it.
      await queue.run(() => engine.exec(`${verb} ${name}`)).catch(() => undefined);
    }
  }
}

/** Keeps up again and again, with pauses of `pauseMs`; returns what stops it. A failure is left to the next time. */
export function startUpkeep(engine: PGlite, queue: SerialQueue, pauseMs: number): () => void {
  let timer = setTimeout(run, pauseMs).unref();
  let isStopped = false;
  function run(): void {
    void keepUp(engine, queue)
      .catch(() => undefined)
      .then(() => {
        if (!isStopped) {
          timer = setTimeout(run, pauseMs).unref();
        }
      });
  }
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
