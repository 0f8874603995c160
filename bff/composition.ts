// The only place of the server that chooses adapters.
import { join } from 'node:path';
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { connectAnnotations, connectSigningKeys } from '@loghunter/adapters/grafana';
import { createMemoryLiveBus } from '@loghunter/adapters/memory-live-bus';
import { createMemoryCache } from '@loghunter/adapters/memory-cache';
import { openPglite } from '@loghunter/adapters/pglite';
import { createSmtpSender } from '@loghunter/adapters/smtp';
import { createHttpClient } from '@loghunter/adapters/http-client';
import { createJobQueue } from '@loghunter/adapters/pg-boss';
import { connectPostgres, connectPostgresOwner, connectPostgresQueue } from '@loghunter/adapters/postgres';
import {
  connectRedisCache,
  connectRedisLiveBus,
  connectRedisRateLimiter,
  connectRedisSharedLoad,
} from '@loghunter/adapters/redis';
import {
  createAnalysisStore,
  createAnomalyStore,
  createApiKeyStore,
  createAuditLog,
  createChannelStore,
  createClusterRules,
  createClusterStore,
  createDeliveryStore,
  createDeployStore,
  createCountHistoryStore,
  createDetectionStore,
  createExplanationStore,
  createExportFileStore,
  createEgressLedger,
  createIdempotencyStore,
  createInvestigationStore,
  createJobStore,
  createLedger,
  createLiveStore,
  createMigrator,
  createModelSettingsStore,
  createNoticeStore,
  createRedactionStore,
  createSavedFilterStore,
  createSeriesStore,
  createTenantStore,
  createUsageStore,
  createUnitOfWork,
  createWebhookStore,
  createWorkListStore,
  loadMigrations,
} from '@loghunter/adapters/sql-stores';
import type {
  AnalysisStore,
  AnnotationBoard,
  AnomalyStore,
  ApiKeyStore,
  AuditLog,
  Cache,
  ChannelStore,
  Clock,
  ClusterRules,
  ClusterStore,
  DeliveryStore,
  DeployStore,
  CountHistoryStore,
  DetectionStore,
  EgressLedger,
  ExplanationStore,
  ExportFileStore,
  HeldBackBy,
  HttpClient,
  IdempotencyStore,
  InvestigationStore,
  JobQueue,
  JobStore,
  Ledger,
  LiveBus,
  LiveStore,
  LogStore,
  MailSender,
  ModelSettingsStore,
  NoticeStore,
  QueueConnection,
  RedactionStore,
  SavedFilterStore,
  SeriesStore,
  SharedLoad,
  SqlDatabase,
  SqlMigrator,
  SqlOwner,
  SigningKeys,
  RateLimiter,
  TenantStore,
  UsageStore,
  UnitOfWork,
  WebhookStore,
  WorkListStore,
} from '@loghunter/ports';
import { withoutOwnLines } from './anomalies/without-own-lines.ts';
import type { Config, LokiConfig } from './config.ts';
import type { LokiTail } from './http/loki-tail.ts';
import { joinLogStores } from './log-sources/join-log-stores.ts';
import type { PlacedSource } from './log-sources/refuse-same-logs.ts';
import { placeOf } from './settings/source-contradictions.ts';
import { createBudgetedLogStore } from './query-budget/budgeted-log-store.ts';
import { priceQuery } from './query-budget/price-query.ts';
import { createQueryBudget, describeLoad } from './query-budget/query-budget.ts';
import type { QueryMeter } from './query-budget/query-meter.ts';
import type { QueryFeature } from './queries/query-feature.ts';
import { createCachedLogStore } from './query-cache/cached-log-store.ts';

/** The embedded log store keeps this much, on disk and in memory; the oldest lines go first. */
const maxEmbeddedLogsBytes = 512 * 1024 * 1024;

/** The log store in use, and Loki's HTTP API of the embedded one. */
export interface LogStoreAccess {
  readonly kind: 'loki' | 'embedded';
  /** Of the tenant that the configuration names. */
  readonly store: LogStore;
  /** Of another tenant with its X-Scope-OrgID; absent when the store keeps no tenants apart. */
  readonly openFor?: (lokiOrgId: string) => LogStore;
  /** Further log sources by name: those that name the tenant, and of the configured one those that name nobody. */
  readonly openSources?: (tenantId: string, isConfigured: boolean) => ReadonlyMap<string, LogStore>;
  /** Every source of every tenant; absent when there is but one. */
  readonly listSources?: () => readonly PlacedSource[];
  readonly api?: (request: Request) => Promise<Response>;
  /** Loki's `tail` of the embedded one. */
  readonly tail?: LokiTail;
  readonly close: () => Promise<void>;
}

/** The database in use with what stands on it. */
export interface DatabaseAccess {
  readonly database: SqlDatabase;
  readonly ledger: Ledger;
  readonly clusters: ClusterStore;
  readonly clusterRules: ClusterRules;
  readonly apiKeys: ApiKeyStore;
  readonly tenants: TenantStore;
  readonly usage: UsageStore;
  readonly redaction: RedactionStore;
  readonly unitOfWork: UnitOfWork;
  readonly auditLog: AuditLog;
  readonly idempotency: IdempotencyStore;
  readonly jobs: JobStore;
  readonly analyses: AnalysisStore;
  readonly investigations: InvestigationStore;
  readonly savedFilters: SavedFilterStore;
  readonly exportFiles: ExportFileStore;
  readonly workList: WorkListStore;
  readonly live: LiveStore;
  readonly webhooks: WebhookStore;
  readonly anomalies: AnomalyStore;
  readonly detection: DetectionStore;
  readonly countHistory: CountHistoryStore;
  readonly series: SeriesStore;
  readonly deploys: DeployStore;
  readonly modelSettings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly explanations: ExplanationStore;
  readonly notices: NoticeStore;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  /** The job queue of this process; its failures in the background are told. */
  readonly openQueue: (observeFailure: (error: unknown) => void) => Promise<JobQueue>;
  /** Applies what is missing; returns the names applied. */
  readonly migrate: () => Promise<readonly string[]>;
  /** Names of migrations that are not applied. */
  readonly listPending: () => Promise<readonly string[]>;
}

/** Opens Loki, or the embedded log store in the data directory. */
export async function openLogStore(
  config: Pick<Config, 'loki' | 'dataDirectory'> & Partial<Pick<Config, 'lokiSources'>>
): Promise<LogStoreAccess> {
  if (config.loki !== null) {
    const { loki } = config;
    return {
      kind: 'loki',
      store: createLokiLogStore(toLokiSettings(loki)),
      openFor: (orgId) => createLokiLogStore(toLokiSettings({ ...loki, orgId })),
      openSources: (tenantId, isConfigured) =>
        new Map(
          (config.lokiSources ?? [])
            .filter((source) => source.tenantId === tenantId || (isConfigured && source.tenantId === null))
            .map((source) => [source.name, createLokiLogStore(toLokiSettings(source))])
        ),
      listSources: () =>
        [
          { title: 'the Loki of LOGHUNTER_LOKI_URL', source: loki },
          ...(config.lokiSources ?? []).map((source) => ({ title: `the log source ${source.name}`, source })),
        ].map(({ title, source }) => ({
          ...{ title, place: placeOf(source.url) },
          store: createLokiLogStore(toLokiSettings(source)),
        })),
      close: () => Promise.resolve(),
    };
  }
  const embedded = await createEmbeddedLogStore({
    directory: join(config.dataDirectory, 'logs'),
    maxSizeBytes: maxEmbeddedLogsBytes,
  });
  return {
    kind: 'embedded',
    store: embedded,
    api: (request) => embedded.handle(request),
    tail: (parameters) => embedded.tail(parameters),
    close: () => embedded.close(),
  };
}

function toLokiSettings(loki: LokiConfig) {
  const { url, orgId, timeoutMs, auth } = loki;
  if (auth === null) {
    return { url, orgId, timeoutMs };
  }
  return {
    url,
    orgId,
    timeoutMs,
    auth:
      auth.kind === 'basic'
        ? { kind: auth.kind, user: auth.username, password: auth.password.reveal() }
        : { kind: auth.kind, token: auth.token.reveal() },
  };
}

/** One tenant's ways to the log store: each kind of work within its budget, people's with a cache before it. */
export interface GuardedLogStores {
  readonly people: LogStore;
  readonly background: LogStore;
  /** Log sources for background work one by one, by name; the one of LOGHUNTER_LOKI_URL has the empty name. */
  readonly sources: ReadonlyMap<string, LogStore>;
  /** The tenant's share of the log store's load, in one sentence; empty when it has none. */
  readonly describeLoad: () => string;
  /** What background queries to a log source wait for now; null: nothing. */
  readonly heldBackBy: (source: string) => HeldBackBy | null;
  /** Estimates a query of people without running it. */
  readonly priceQuery: QueryFeature['priceQuery'];
}

/** Puts the budget and the cache before a tenant's log stores: one at least, by name. */
export function guardLogStore(
  { kind, stores }: { readonly kind: LogStoreAccess['kind']; readonly stores: ReadonlyMap<string, LogStore> },
  config: Pick<Config, 'budget' | 'queryCacheMs'>,
  parts: {
    readonly tenantId: string;
    readonly ledger: Ledger;
    readonly cache: Cache;
    readonly clock: Clock;
    readonly meter: QueryMeter;
    /** Absent: the budget is this process's alone. */
    readonly load?: SharedLoad | undefined;
  }
): GuardedLogStores {
  const store = joinLogStores([...stores.values()]);
  const system = kind === 'loki' ? 'loki' : 'embedded-logs';
  const budget = createQueryBudget({ ...parts, store, settings: config.budget, system });
  const people = createBudgetedLogStore(budget, store, 'people');
  const { tenantId, cache, meter } = parts;
  // One that hangs, or asks for a pause, holds up none of the others.
  const budgets = new Map(
    [...stores].map(([source, own]) => [
      source,
      stores.size === 1
        ? budget
        : createQueryBudget({ ...parts, source, store: own, settings: config.budget, system, before: budget.gate }),
    ])
  );
  return {
    people:
      config.queryCacheMs === 0
        ? people
        : createCachedLogStore({ tenantId, store: people, cache, ttlMs: config.queryCacheMs, meter }),
    background: withoutOwnLines(createBudgetedLogStore(budget, store, 'background')),
    sources: new Map(
      [...stores].map(([name, source]) => [
        name,
        withoutOwnLines(createBudgetedLogStore(budgets.get(name) ?? budget, source, 'background')),
      ])
    ),
    heldBackBy(source) {
      const { waits, gate } = budgets.get(source) ?? budget;
      return waits.heldBackBy(gate.condition, parts.clock.nowMs());
    },
    describeLoad: () => describeLoad(config.budget, [...new Set([budget, ...budgets.values()])]),
    priceQuery: (query, range, signal) => priceQuery(budget, query, range, signal),
  };
}

/** Opens Postgres, or the embedded database in the data directory; null for the directory keeps it in memory, for tests. */
export async function openDatabase(config: {
  readonly databaseUrl: Config['databaseUrl'];
  readonly dataDirectory: string | null;
}): Promise<DatabaseAccess> {
  if (config.databaseUrl !== null) {
    const url = config.databaseUrl.reveal();
    return accessTo(
      connectPostgres({ url }),
      () => connectPostgresOwner({ url }),
      () => connectPostgresQueue({ url })
    );
  }
  const { database, owner, queue } = await openPglite(
    config.dataDirectory === null ? {} : { directory: join(config.dataDirectory, 'database') }
  );
  return accessTo(
    database,
    () => owner,
    () => queue
  );
}

function accessTo(
  separate: SqlDatabase,
  openOwner: () => SqlOwner,
  openConnection: () => QueueConnection
): DatabaseAccess {
  const { database, unitOfWork } = createUnitOfWork(separate);
  async function withMigrator<T>(work: (migrator: SqlMigrator) => Promise<T>): Promise<T> {
    const migrator = createMigrator(openOwner());
    try {
      return await work(migrator);
    } finally {
      await migrator.close();
    }
  }
  return {
    database,
    ledger: createLedger(database),
    clusters: createClusterStore(database),
    clusterRules: createClusterRules(database),
    apiKeys: createApiKeyStore(database),
    tenants: createTenantStore(database),
    usage: createUsageStore(database),
    redaction: createRedactionStore(database),
    unitOfWork,
    auditLog: createAuditLog(database),
    idempotency: createIdempotencyStore(database),
    jobs: createJobStore(database),
    analyses: createAnalysisStore(database),
    investigations: createInvestigationStore(database),
    savedFilters: createSavedFilterStore(database),
    exportFiles: createExportFileStore(database),
    workList: createWorkListStore(database),
    live: createLiveStore(database),
    webhooks: createWebhookStore(database),
    anomalies: createAnomalyStore(database),
    detection: createDetectionStore(database),
    countHistory: createCountHistoryStore(database),
    series: createSeriesStore(database),
    deploys: createDeployStore(database),
    modelSettings: createModelSettingsStore(database),
    egress: createEgressLedger(database),
    explanations: createExplanationStore(database),
    notices: createNoticeStore(database),
    channels: createChannelStore(database),
    deliveries: createDeliveryStore(database),
    async openQueue(observeFailure) {
      const connection = openConnection();
      const queue = await createJobQueue({ database, connection, observeFailure });
      return {
        ...queue,
        async stop() {
          await queue.stop();
          await connection.close();
        },
      };
    },
    migrate: () => withMigrator(async (migrator) => migrator.up(await readMigrations())),
    listPending: () =>
      withMigrator(async (migrator) => {
        const status = await migrator.status(await readMigrations());
        return status.filter((migration) => migration.state === 'pending').map((migration) => migration.name);
      }),
  };
}

async function readMigrations() {
  return loadMigrations(join(import.meta.dirname, '..', 'migrations'));
}

/** What all replicas have queries cost, in Redis; undefined without one. */
export function openSharedLoad(config: Pick<Config, 'redisUrl'>): SharedLoad | undefined {
  return config.redisUrl === null ? undefined : connectRedisSharedLoad({ url: config.redisUrl.reveal() });
}

/** Calls addresses that tenants set: the public internet, and hosts that the operator allows. */
export function openHttpClient(config: Pick<Config, 'outboundHosts'>): HttpClient {
  return createHttpClient({ allowedHosts: config.outboundHosts });
}

/** Grafana's annotations; null when no token for them is set. */
export function openAnnotations({
  grafana,
  grafanaToken,
}: Pick<Config, 'grafana' | 'grafanaToken'>): AnnotationBoard | null {
  return grafana === null || grafanaToken === null
    ? null
    : connectAnnotations({ url: grafana.url, token: grafanaToken.reveal() });
}

/** The operator's mail server; null when none is set. */
export function openMailSender({ mail }: Pick<Config, 'mail'>): MailSender | null {
  return mail === null ? null : createSmtpSender({ url: mail.url.reveal(), from: mail.from });
}

/** Connects to Redis, or keeps the cache inside the process. */
export function openCache(config: Pick<Config, 'redisUrl'>): Cache {
  return config.redisUrl === null ? createMemoryCache() : connectRedisCache({ url: config.redisUrl.reveal() });
}

/** Wakes pages of all replicas over Redis, or of this process. */
export function openLiveBus(config: Pick<Config, 'redisUrl'>): LiveBus {
  return config.redisUrl === null ? createMemoryLiveBus() : connectRedisLiveBus({ url: config.redisUrl.reveal() });
}

/** The public keys of the configured Grafana. */
export function openSigningKeys(grafanaUrl: string): SigningKeys {
  return connectSigningKeys({ url: grafanaUrl });
}

/** Windows of limits that all replicas share; null without Redis. */
export function openRateLimiter(config: Pick<Config, 'redisUrl'>): RateLimiter | null {
  return config.redisUrl === null ? null : connectRedisRateLimiter({ url: config.redisUrl.reveal() });
}
