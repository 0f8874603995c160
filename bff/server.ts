// Puts the server together from a configuration, starts it and stops it. The command line, main.ts and tests call this.
import { randomUUID } from 'node:crypto';
import type { RouteId } from '@loghunter/contracts';
import type { Clock, LogStore, Tenant } from '@loghunter/ports';
import type { Logger } from 'pino';
import packageFacts from './package.json' with { type: 'json' };
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
import { createHandlers } from './handlers.ts';
import { createMetrics } from './health/metrics.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { installationOf } from './http/principal.ts';
import { createLogger } from './logger.ts';
import { startRetention } from './retention/retention-job.ts';
import { createScanner, type Scanner } from './scanner/scanner.ts';
import { StartError } from './start-error.ts';

export { isStartError, StartError } from './start-error.ts';
export type { LogStoreAccess } from './composition.ts';

/** Parts that a caller brings along instead of those that the configuration names; the caller closes them. */
export interface ServerOverrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly logStore?: LogStoreAccess;
  readonly database?: DatabaseAccess;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  readonly logStore: LogStore;
  /** Ends requests and reads in order, then closes everything it opened. */
  stop(): Promise<void>;
}

type Closer = () => Promise<void>;

/**
 * Starts the server of a configuration. Throws `StartError` for a port that is taken or a schema that is not up to date,
 * `PortError` for a database that cannot be reached; nothing stays open then.
 */
export async function startServer(config: Config, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const closers: Closer[] = [];
  try {
    return await start(config, overrides, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function start(config: Config, overrides: ServerOverrides, closers: Closer[]): Promise<RunningServer> {
  const clock = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? createLogger(config.log);
  const database = await useDatabase(config, overrides, closers, logger);
  const logs = await useLogStore(config, overrides, closers);
  const cache = openCache(config);
  closers.push(() => cache.close());
  const tenant = await database.ledger.ensureTenant(config.tenantName, config.loki?.orgId ?? null);
  const identifier = createEventIdentifier(tenant.id, config.services);

  let scanner: Scanner | undefined;
  const metrics = createMetrics({ scannerLagSeconds: () => findLagSeconds(scanner, clock) });
  const guarded = guardLogStore(logs, config, {
    tenantId: tenant.id,
    ledger: database.ledger,
    cache,
    clock,
    meter: metrics.queries,
  });
  const shared = {
    tenantId: tenant.id,
    ledger: database.ledger,
    clusters: database.clusters,
    logs: guarded.people,
    cache,
    clock,
    identifier,
    services: config.services,
  };
  if (config.target === 'all' || config.target === 'scanner') {
    const holder = randomUUID();
    scanner = await createScanner({
      ...shared,
      logs: guarded.background,
      settings: config.scan,
      observer: metrics,
      logger,
      holder,
    });
  }
  const handlers = createHandlers({
    ...shared,
    version: packageFacts.version,
    target: config.target,
    storage: database.database.system,
    logStore: logs.kind,
    startedAtMs: clock.nowMs(),
    pingDatabase: () => database.database.ping(),
    scanProgress: scanner && (() => scanner?.progress() ?? []),
    describeLoad: guarded.describeLoad,
  });
  const app = createApp({
    handlers,
    servedRoutes: servesApi(config) ? null : healthRoutes,
    secrets: config.grafanaSecrets,
    principal: installationOf(tenant.id),
    logger,
    observer: metrics,
    renderMetrics: () => metrics.render(),
    ...(logs.api === undefined ? {} : { lokiApi: logs.api }),
  });
  const listener = await listen(app.fetch, config.host, config.port);
  closers.push(() => listener.stop());
  startBackground(
    config,
    tenant,
    { scanner, database, clock, logger, observeFailure: metrics.observeFailure },
    closers
  );
  logger.info(
    { url: listener.url, target: config.target, storage: database.database.system, logStore: logs.kind },
    'server started'
  );
  return { url: listener.url, logStore: logs.store, stop: () => closeAll(closers) };
}

const healthRoutes: readonly RouteId[] = ['getHealth', 'getLiveness'];

function servesApi(config: Config): boolean {
  return config.target === 'all' || config.target === 'api';
}

async function useDatabase(
  config: Config,
  overrides: ServerOverrides,
  closers: Closer[],
  logger: Logger
): Promise<DatabaseAccess> {
  const access = overrides.database ?? (await openDatabase(config));
  if (overrides.database === undefined) {
    closers.push(() => access.database.close());
  }
  if (config.migrateAtStart) {
    const applied = await access.migrate();
    if (applied.length > 0) {
      logger.info({ migrations: applied }, 'database schema brought up to date');
    }
  } else {
    const pending = await access.listPending();
    if (pending.length > 0) {
      throw new StartError(
        'schema-outdated',
        `The database schema lacks ${pending.join(', ')}: run \`loghunter migrate up\`, or set LOGHUNTER_MIGRATE_AT_START=true.`
      );
    }
  }
  return access;
}

async function useLogStore(config: Config, overrides: ServerOverrides, closers: Closer[]): Promise<LogStoreAccess> {
  if (overrides.logStore !== undefined) {
    return overrides.logStore;
  }
  const access = await openLogStore(config);
  closers.push(access.close);
  return access;
}

interface BackgroundParts {
  readonly scanner: Scanner | undefined;
  readonly database: DatabaseAccess;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observeFailure: (error: unknown) => void;
}

function startBackground(config: Config, tenant: Tenant, parts: BackgroundParts, closers: Closer[]): void {
  const { scanner, database, clock, logger, observeFailure } = parts;
  if (scanner !== undefined) {
    scanner.start();
    closers.push(() => scanner.stop());
  }
  if (config.target === 'all' || config.target === 'worker') {
    const { retentionMs } = config;
    closers.push(
      startRetention({ tenantId: tenant.id, ledger: database.ledger, clock, retentionMs, logger, observeFailure })
    );
  }
}

function findLagSeconds(scanner: Scanner | undefined, clock: Clock): number | null {
  const marks = (scanner?.progress() ?? []).map((watch) => watch.readUpToMs).filter((mark) => mark !== null);
  return marks.length === 0 ? null : Math.max(0, (clock.nowMs() - Math.min(...marks)) / 1000);
}

// Last opened, first closed: nothing is closed while something that uses it still runs.
async function closeAll(closers: Closer[]): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    await close();
  }
}
