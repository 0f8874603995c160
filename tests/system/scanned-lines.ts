// Puts lines through a real scanner and tells what was stored of each: the embedded log store, the embedded database, a minute for each line.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pino from 'pino';
import { createManualClock } from '@loghunter/ports/testing';
import { openDatabase, openLogStore } from '../../bff/composition.ts';
import { parseConfig } from '../../bff/config.ts';
import { createEventIdentifier } from '../../bff/events/identify-event.ts';
import { createTenantRules } from '../../bff/events/tenant-rules.ts';
import { createMetrics } from '../../bff/health/metrics.ts';
import { createStoredTextRedaction } from '../../bff/redaction/stored-text-redaction.ts';
import { createScanner } from '../../bff/scanner/scanner.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 10);
/** Between rounds: past the lateness allowance, so that each line is complete at the first look. */
const gapMinutes = 5;
const labels = { service_name: 'scanned' };

/** What the database holds of one line. */
export interface ScannedLine {
  /** Id that its count stood under after the first reading. */
  readonly firstId: string;
  /** The cluster that it is shown in at the end. */
  readonly id: string;
  /** The cluster that the first id leads to at the end; another one than `id` when the line left its cluster without an alias. */
  readonly firstCanonicalId: string;
  readonly template: string;
}

/** A scan of lines, and what it took. */
export interface LineScan {
  readonly lines: readonly ScannedLine[];
  readonly ruleCount: number;
  readonly scanMs: number;
}

/**
 * Scans lines in their order. Each has a minute of its own, so that what is stored of the minute is what is stored of the line; lines
 * must not be joined to one another.
 * @param linesPerRound lines that the scanner finds at each look
 */
export async function scanLines(lines: readonly string[], linesPerRound: number): Promise<LineScan> {
  const directory = await mkdtemp(join(tmpdir(), 'loghunter-scan-'));
  const config = parseConfig({});
  const logs = await openLogStore({ loki: null, dataDirectory: directory });
  const database = await openDatabase({ databaseUrl: null, dataDirectory: null });
  try {
    await database.migrate();
    const clock = createManualClock(startMs);
    const tenant = await database.ledger.ensureTenant('default', null);
    const tenantId = tenant.id;
    const metrics = createMetrics({ scannerLagSeconds: () => 0 });
    const scanner = await createScanner({
      ...{ tenantId, clock, ledger: database.ledger, logs: logs.store, services: config.services, observer: metrics },
      identifier: createEventIdentifier({
        tenantId,
        services: config.services,
        rules: createTenantRules({ tenantId, rules: database.clusterRules, clock }),
      }),
      redaction: createStoredTextRedaction({ tenantId, store: database.redaction, observer: metrics }),
      settings: {
        ...config.scan,
        backfillMs: (linesPerRound + gapMinutes) * minuteMs,
        watches: [{ name: 'all', selectors: ['{service_name="scanned"}'] }],
      },
      logger: pino({ level: 'silent' }),
      holder: 'scan',
    });
    const readStored = () =>
      database.database.withTenant(tenantId, (session) =>
        session.query<{ minute: number; id: string; canonical_id: string; template_text: string }>(
          `select ((extract(epoch from counts.minute_at)::float8 * 1000 - $2::float8) / $3::float8)::integer as minute,
             counts.cluster_id as id, shown.id as canonical_id, shown.template_text
           from cluster_minutes counts
           join error_clusters own on own.tenant_id = $1 and own.id = counts.cluster_id
           join error_clusters shown on shown.tenant_id = $1 and shown.id = coalesce(own.canonical_id, own.id)
           where counts.tenant_id = $1`,
          [tenantId, startMs, minuteMs]
        )
      );
    const roundMinutes = linesPerRound + gapMinutes;
    const lineOf = (minute: number): number => minute - Math.floor(minute / roundMinutes) * gapMinutes;
    const firstIds: string[] = [];
    let scanMs = 0;
    for (let from = 0; from < lines.length; from += linesPerRound) {
      const round = lines.slice(from, from + linesPerRound);
      const entries = round.map((line, index) => ({
        timestampNs: BigInt(clock.nowMs() + index * minuteMs) * 1_000_000n,
        line,
        metadata: {},
      }));
      await logs.store.push([{ labels, entries }], new AbortController().signal);
      clock.advance((linesPerRound + gapMinutes) * minuteMs);
      const beganAt = performance.now();
      await scanner.scanOnce();
      scanMs += performance.now() - beganAt;
      for (const { minute, id } of await readStored()) {
        firstIds[lineOf(minute)] ??= id;
      }
      await nextTurn();
    }
    const leadsTo = new Map(
      (await database.clusterRules.readClusters(tenantId, null)).map(({ id, canonicalId }) => [id, canonicalId ?? id])
    );
    const stored = (await readStored()).toSorted((a, b) => a.minute - b.minute);
    if (stored.length !== lines.length) {
      throw new Error(
        `${stored.length} of ${lines.length} lines are stored; the scanner: ${JSON.stringify(scanner.progress())}`
      );
    }
    await scanner.stop();
    const rules = await database.clusterRules.readChanges(tenantId, 0);
    return {
      lines: stored.map(({ minute, canonical_id, template_text }) => {
        const firstId = firstIds[lineOf(minute)] ?? '';
        return { firstId, id: canonical_id, firstCanonicalId: leadsTo.get(firstId) ?? '', template: template_text };
      }),
      ruleCount: rules.length,
      scanMs,
    };
  } finally {
    await database.database.close();
    await logs.close();
    await rm(directory, { recursive: true, force: true });
  }
}
