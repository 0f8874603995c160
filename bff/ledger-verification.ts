// `loghunter ledger verify` on the configured stores: beside a server that runs, or alone.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PortError } from '@loghunter/ports';
import { systemClock } from './clock.ts';
import {
  guardLogStore,
  openCache,
  openDatabase,
  openLogStore,
  type DatabaseAccess,
  type LogStoreAccess,
} from './composition.ts';
import type { Config } from './config.ts';
import { createEventIdentifier } from './events/identify-event.ts';
import { createTenantRules } from './events/tenant-rules.ts';
import { createLogger } from './logger.ts';
import type { QueryMeter } from './query-budget/query-meter.ts';
import { createStoredTextRedaction, type RedactionObserver } from './redaction/stored-text-redaction.ts';
import { ceilMinute, floorMinute } from './scanner/minutes.ts';
import { repairLedger } from './scanner/repair-ledger.ts';
import type { ScanContext } from './scanner/scan-context.ts';
import { verifyLedger, type LedgerVerification } from './scanner/verify-ledger.ts';

export type { LedgerFinding, LedgerVerification } from './scanner/verify-ledger.ts';

/** What is asked of one run. */
export interface VerificationRequest {
  /** Everything from here on, milliseconds since 1970; never older than the retention. */
  readonly sinceMs: number;
  readonly repairs: boolean;
  readonly signal: AbortSignal;
}

/** What one run found, and what was still different after the repair; `after` is null without one. */
export interface VerificationOutcome {
  readonly before: LedgerVerification;
  readonly after: LedgerVerification | null;
}

/** Compares the configured ledger with the configured log store, and repairs on request. Throws `PortError`. */
export async function verifyConfiguredLedger(
  config: Config,
  request: VerificationRequest
): Promise<VerificationOutcome> {
  const database = await openDatabase(config);
  try {
    const logs = await openLogStore(config);
    try {
      return await verify(await createContext(config, database, logs, request.signal), config, request);
    } finally {
      await logs.close();
    }
  } finally {
    await database.database.close();
  }
}

async function verify(
  context: ScanContext,
  config: Config,
  { sinceMs, repairs }: VerificationRequest
): Promise<VerificationOutcome> {
  const nowMs = context.clock.nowMs();
  const range = { fromMs: floorMinute(Math.max(sinceMs, nowMs - config.retentionMs)), toMs: ceilMinute(nowMs) };
  const before = await verifyLedger(context, range);
  if (!repairs || before.findings.length === 0) {
    return { before, after: null };
  }
  await repairLedger(context, before);
  return { before, after: await verifyLedger(context, range) };
}

async function createContext(
  config: Config,
  { database, ledger, clusterRules, redaction: redactionStore }: DatabaseAccess,
  logs: LogStoreAccess,
  signal: AbortSignal
): Promise<ScanContext> {
  const tenant = (await ledger.listTenants()).find((candidate) => candidate.name === config.tenantName);
  if (tenant === undefined) {
    const message = `The database has no tenant ${config.tenantName}: no server has run on it yet`;
    throw new PortError({ system: database.system, kind: 'not-found', message });
  }
  // A budget of this process's own, as large as the scanner's: what runs beside a server asks no more of Loki than a second replica would.
  const { background, sources } = guardLogStore(
    { kind: logs.kind, stores: new Map([['', logs.store], ...(logs.openSources?.(tenant.id, true) ?? [])]) },
    { budget: config.budget, queryCacheMs: 0 },
    { tenantId: tenant.id, ledger, cache: openCache({ redisUrl: null }), clock: systemClock, meter: silentObserver }
  );
  return {
    tenantId: tenant.id,
    ledger,
    logs: sources.get('') ?? background,
    sources,
    clock: systemClock,
    identifier: createEventIdentifier({
      tenantId: tenant.id,
      services: config.services,
      rules: createTenantRules({ tenantId: tenant.id, rules: clusterRules, clock: systemClock }),
    }),
    redaction: createStoredTextRedaction({ tenantId: tenant.id, store: redactionStore, observer: silentObserver }),
    services: config.services,
    settings: config.scan,
    observer: silentObserver,
    logger: createLogger(config),
    holder: null,
    signal,
    async checkpoint() {
      await nextTurn();
      signal.throwIfAborted();
    },
  };
}

/** Nobody scrapes a command. */
const silentObserver: ScanContext['observer'] & RedactionObserver & QueryMeter = {
  observeQuery: () => undefined,
  observeRead: () => undefined,
  observeCache: () => undefined,
  observeRedactions: () => undefined,
  observePage: () => undefined,
  observeWrite: () => undefined,
  observeReread: () => undefined,
  observeFailure: () => undefined,
};
