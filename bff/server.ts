// Puts the server together from a configuration, starts it and stops it. The command line, main.ts and tests call this.
import type { RouteId } from '@loghunter/contracts';
import type { Clock, LogStore } from '@loghunter/ports';
import type { Logger } from 'pino';
import { createAuditedCalls } from './audit/audited-calls.ts';
import { startReadBatch } from './audit/read-batch.ts';
import type { CountHistory } from './anomalies/minute-facts.ts';
import { systemClock } from './clock.ts';
import {
  openCache,
  openDatabase,
  openHttpClient,
  openLiveBus,
  openLogStore,
  openSharedLoad,
  openRateLimiter,
  type DatabaseAccess,
  type LogStoreAccess,
} from './composition.ts';
import { openLanguageModels } from './composition/open-language-models.ts';
import type { Config } from './config.ts';
import { createHandlers, type OpenFeatures } from './handlers.ts';
import { createMetrics, type Metrics } from './health/metrics.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import type { RateLimiting } from './http/rate-limiting.ts';
import { createBootstrapKey } from './identity/bootstrap-key.ts';
import { createModelProviders } from './language-models/model-providers.ts';
import { announceInvestigations } from './live/announce-investigations.ts';
import { createLiveFeed, type LiveFeed } from './live/live-feed.ts';
import { refuseSameLogs } from './log-sources/refuse-same-logs.ts';
import { createLogger } from './logger.ts';
import { createJobKinds, workOnJobs } from './open-jobs.ts';
import { openActionPages, openAlertReceiver } from './open-notifications.ts';
import { watchForAnomalies } from './open-detection.ts';
import { openAuthenticator } from './open-authenticator.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { createUsageMeter } from './rate-limits/usage-meter.ts';
import { StartError } from './start-error.ts';
import { createScanners, createTenantParts, followWork, openFeatures, type ServerParts } from './tenant-services.ts';
import { createTailHub } from './tail/tail-hub.ts';
import { createOpenTenants, type OpenTenants } from './tenants/open-tenants.ts';
import type { TenantScanners } from './tenants/tenant-scanners.ts';

export { isStartError, StartError } from './start-error.ts';
export type { CountHistory } from './anomalies/minute-facts.ts';
export type { LogStoreAccess } from './composition.ts';

/** Parts that a caller brings along instead of those that the configuration names; the caller closes them. */
export interface ServerOverrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly logStore?: LogStoreAccess;
  readonly database?: DatabaseAccess;
  /** Counts of the configured tenant's services from before anything was read, for baselines to learn from. */
  readonly countHistory?: CountHistory;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  readonly logStore: LogStore;
  /** An API key with every scope, to be shown to whoever started the server; null after the first start, and where another way in exists. */
  readonly bootstrapKey: string | null;
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
  const logger = overrides.logger ?? createLogger(config);
  const database = await useDatabase(config, overrides, closers, logger);
  const logs = await useLogStore(config, overrides, closers, logger);
  const { cache, load } = openShared(config, closers);
  const configured = await database.ledger.ensureTenant(config.tenantName, config.loki?.orgId ?? null);

  let scanners: TenantScanners | undefined;
  const metrics = createMetrics({
    scannerLagSeconds: () => findLagSeconds(scanners, clock),
    activeAnomalies: {
      anomalies: database.anomalies,
      listTenantIds: async () => (await database.ledger.listTenants()).map(({ id }) => id),
    },
  });
  const languageModels = await openLanguageModels(config.models);
  closers.push(languageModels.close);
  const modelProviders = createModelProviders(config.models, languageModels.models, clock);
  const live = openLive(config, database, clock, metrics, closers);
  const parts: ServerParts = {
    ...{ config, configured, logs, cache, load, live, tails: createTailHub() },
    database: { ...database, investigations: announceInvestigations(database.investigations, live) },
    ...{ clock, logger, metrics, modelProviders },
  };
  const tenants = createOpenTenants({
    listTenants: () => database.ledger.listTenants(),
    createParts: (tenant) => createTenantParts(parts, tenant),
    clock,
  });
  if (config.target === 'all' || config.target === 'scanner') {
    scanners = createScanners(parts, tenants);
  }
  const http = openHttpClient(config);
  closers.push(() => http.close());
  const queue = await database.openQueue(metrics.observeFailure);
  closers.push(() => queue.stop());
  const jobKinds = createJobKinds(parts, tenants, http, overrides.countHistory ?? null);
  const openFeature = openFeatures(parts, tenants, scanners, { queue, jobKinds, http });
  const handlers = createHandlers(openFeature);
  const { authenticator, close } = await openAuthenticator(parts);
  closers.push(close);
  const readBatch = startReadBatch({ auditLog: database.auditLog, clock, logger });
  closers.push(() => readBatch.stop());
  const app = createApp({
    handlers,
    calls: createAuditedCalls({ ...database, readBatch, clock }),
    servedRoutes: servesApi(config) ? null : healthRoutes,
    limiting: openRateLimiting(parts, closers),
    authenticator,
    corsOrigins: config.corsOrigins,
    configuredTenantId: configured.id,
    logger,
    observer: metrics,
    renderMetrics: () => metrics.render(),
    ...openDoors(parts, tenants, openFeature),
    ...(logs.api === undefined ? {} : { lokiApi: logs.api }),
    ...(logs.tail === undefined ? {} : { lokiTail: logs.tail }),
  });
  const listener = await listen(app.fetch, config.host, config.port);
  closers.push(() => listener.stop());
  closers.push(() => Promise.resolve([live, parts.tails].forEach((feed) => feed.stop())));
  await startBackground(parts, tenants, scanners, closers);
  if (config.target === 'all' || config.target === 'worker') {
    closers.push(await workOnJobs(parts, tenants, queue, jobKinds));
    closers.push(watchForAnomalies(parts, tenants, queue, overrides.countHistory ?? null));
  }
  logger.info(
    { url: listener.url, target: config.target, storage: database.database.system, logStore: logs.kind },
    'server started'
  );
  return {
    url: listener.url,
    logStore: logs.store,
    bootstrapKey: needsBootstrapKey(config) ? await createBootstrapKey(database.apiKeys, configured.id) : null,
    stop: () => closeAll(closers),
  };
}

/** What is answered beside the route table: buttons of messages, and Grafana's alerts. */
function openDoors(parts: ServerParts, tenants: OpenTenants, openFeature: OpenFeatures) {
  if (!servesApi(parts.config)) {
    return {};
  }
  const actionPages = openActionPages(parts, openFeature);
  const alertReceiver = openAlertReceiver(parts, tenants);
  return {
    ...(actionPages === undefined ? {} : { actionPages }),
    ...(alertReceiver === undefined ? {} : { alertReceiver }),
  };
}

function openLive(
  config: Config,
  { live: store, unitOfWork }: DatabaseAccess,
  clock: Clock,
  { observeFailure }: Metrics,
  closers: Closer[]
): LiveFeed {
  const bus = openLiveBus(config);
  closers.push(() => bus.close());
  return createLiveFeed({ store, bus, unitOfWork, clock, observeFailure });
}

function openRateLimiting({ config, database, clock, metrics }: ServerParts, closers: Closer[]): RateLimiting {
  const shared = openRateLimiter(config);
  if (shared !== null) {
    closers.push(() => shared.close());
  }
  const usage = createUsageMeter({ store: database.usage, clock, observeFailure: metrics.observeFailure });
  closers.push(() => usage.stop());
  return { limits: createRateLimits({ settings: config.limits, shared, clock }), usage };
}

// Nobody could ask for the first key otherwise.
function needsBootstrapKey(config: Config): boolean {
  return servesApi(config) && config.roleWithoutIdentity === null && config.grafana === null;
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

function openShared(config: Config, closers: Closer[]) {
  const cache = openCache(config);
  closers.push(() => cache.close());
  const load = openSharedLoad(config);
  closers.push(() => load?.close() ?? Promise.resolve());
  return { cache, load };
}

async function useLogStore(
  config: Config,
  overrides: ServerOverrides,
  closers: Closer[],
  logger: Logger
): Promise<LogStoreAccess> {
  if (overrides.logStore !== undefined) {
    return overrides.logStore;
  }
  const access = await openLogStore(config);
  closers.push(access.close);
  await refuseSameLogs(access.listSources?.() ?? [], (overrides.clock ?? systemClock).nowMs(), logger);
  return access;
}

async function startBackground(
  parts: ServerParts,
  tenants: OpenTenants,
  scanners: TenantScanners | undefined,
  closers: Closer[]
): Promise<void> {
  if (scanners !== undefined) {
    closers.push(() => scanners.stop());
    await scanners.start();
    closers.push(followWork(parts, tenants));
  }
}

function findLagSeconds(scanners: TenantScanners | undefined, clock: Clock): number | null {
  const marks = (scanners?.progress() ?? []).map((watch) => watch.readUpToMs).filter((mark) => mark !== null);
  return marks.length === 0 ? null : Math.max(0, (clock.nowMs() - Math.min(...marks)) / 1000);
}

// Last opened, first closed: nothing is closed while something that uses it still runs.
async function closeAll(closers: Closer[]): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    await close();
  }
}
