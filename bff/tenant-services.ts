// Ties what the server has once to what it has for each tenant.
import { randomUUID } from 'node:crypto';
import type { Cache, Clock, HttpClient, JobQueue, LogStore, SharedLoad, Tenant } from '@loghunter/ports';
import type { Logger } from 'pino';
import packageFacts from './package.json' with { type: 'json' };
import { guardLogStore, openAnnotations, type DatabaseAccess, type LogStoreAccess } from './composition.ts';
import type { Config } from './config.ts';
import type { JobKind } from './jobs/job-kind.ts';
import { createEventIdentifier } from './events/identify-event.ts';
import { createTenantRules } from './events/tenant-rules.ts';
import type { OpenFeatures } from './handlers.ts';
import type { Metrics } from './health/metrics.ts';
import type { ModelProviders } from './language-models/model-providers.ts';
import { ownHostsOf } from './notifications/own-hosts.ts';
import { createStoredTextRedaction } from './redaction/stored-text-redaction.ts';
import { createScanner } from './scanner/scanner.ts';
import { configOf } from './settings/tenant-settings.ts';
import { createAbsentLogStore } from './tenants/absent-log-store.ts';
import type { OpenTenants, TenantParts } from './tenants/open-tenants.ts';
import { hasLogs, sharedOrgIdOf } from './tenants/tenant-logs.ts';
import type { LiveFeed } from './live/live-feed.ts';
import { createWorkFollower } from './work-list/follow-work.ts';
import { startWorkFollowers } from './work-list/work-followers.ts';
import type { TailHub } from './tail/tail-hub.ts';
import { createTenantScanners, type TenantScanners } from './tenants/tenant-scanners.ts';

/** What the server is put together from. */
export interface ServerParts {
  readonly config: Config;
  /** The tenant that the configuration names. */
  readonly configured: Tenant;
  readonly database: DatabaseAccess;
  readonly logs: LogStoreAccess;
  readonly cache: Cache;
  readonly load: SharedLoad | undefined;
  readonly live: LiveFeed;
  readonly tails: TailHub;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly modelProviders: ModelProviders;
}

/** One tenant's parts: its log store within its budget, its ids. */
export function createTenantParts(parts: ServerParts, tenant: Tenant): TenantParts {
  const { database, logs, cache, load, clock, metrics } = parts;
  const config = configOf(tenant, parts.config);
  const found = findLogStores(parts, tenant);
  const absent = createAbsentLogStore(logs.kind === 'loki' ? 'loki' : 'embedded-logs');
  const stores = found.size === 0 ? new Map([['', absent]]) : found;
  const guarded = guardLogStore({ kind: logs.kind, stores }, config, {
    tenantId: tenant.id,
    ledger: database.ledger,
    cache,
    load,
    clock,
    meter: metrics.queries,
  });
  return {
    logs: guarded.people,
    backgroundLogs: guarded.background,
    sourceLogs: guarded.sources,
    describeLoad: guarded.describeLoad,
    heldBackBy: guarded.heldBackBy,
    priceQuery: guarded.priceQuery,
    identifier: createEventIdentifier({
      tenantId: tenant.id,
      services: config.services,
      rules: createTenantRules({
        ...{ tenantId: tenant.id, rules: database.clusterRules, clock },
        afterCommit: (action) => database.unitOfWork.afterCommit(action),
      }),
    }),
    redaction: createStoredTextRedaction({ tenantId: tenant.id, store: database.redaction, observer: metrics }),
  };
}

/** The tenant's own logs by the name of their source; none rather than logs that another tenant reads. */
function findLogStores(parts: ServerParts, tenant: Tenant): ReadonlyMap<string, LogStore> {
  const { configured, logs } = parts;
  const isConfigured = tenant.id === configured.id;
  const sharedOrgId = sharedOrgIdOf(parts, tenant);
  const shared = sharedOrgId === null ? undefined : logs.openFor?.(sharedOrgId);
  const first = isConfigured ? logs.store : shared;
  const sources = logs.openSources?.(tenant.id, isConfigured) ?? new Map<string, LogStore>();
  return new Map([...(first === undefined ? [] : [['', first] as const]), ...sources]);
}

/** A scanner for each tenant that has logs. */
export function createScanners(parts: ServerParts, tenants: OpenTenants): TenantScanners {
  const { config, configured, database, clock, logger, metrics } = parts;
  const holder = randomUUID();
  return createTenantScanners({
    tenants,
    logger,
    observeFailure: metrics.observeFailure,
    async createScanner({ tenant, backgroundLogs, sourceLogs, identifier, redaction, heldBackBy }) {
      if (!hasLogs(parts, tenant)) {
        return null;
      }
      // The configuration's selectors were written for its own tenant.
      const watches = tenant.id === configured.id ? config.scan.watches : null;
      return createScanner({
        tenantId: tenant.id,
        ledger: database.ledger,
        logs: sourceLogs?.get('') ?? backgroundLogs,
        sources: sourceLogs,
        heldBackBy,
        clock,
        identifier,
        redaction,
        services: config.services,
        settings: { ...config.scan, watches },
        observer: metrics,
        logger: tenant.id === configured.id ? logger : logger.child({ tenantId: tenant.id }),
        holder,
      });
    },
  });
}

/** Has the work lists of all tenants follow what is counted. Returns what stops it. */
export function followWork(parts: ServerParts, tenants: OpenTenants): () => Promise<void> {
  const { config, database, clock, metrics, live } = parts;
  const { clusters, clusterRules, workList, notices, unitOfWork } = database;
  return startWorkFollowers({
    ...{ tenants, workList, live: database.live, clock, observeFailure: metrics.observeFailure },
    createFollower: ({ tenant, logs, identifier }) =>
      createWorkFollower({
        ...{
          tenantId: tenant.id,
          clusters,
          clusterRules,
          workList,
          notices,
          unitOfWork,
          live,
          clock,
          logs,
          identifier,
        },
        services: config.services,
        latenessMs: config.scan.latenessMs,
        quietMs: configOf(tenant, config).autoResolveMs,
      }),
  });
}

/** What a tenant's requests need. */
export function openFeatures(
  parts: ServerParts,
  tenants: OpenTenants,
  scanners: TenantScanners | undefined,
  jobParts: { readonly queue: JobQueue; readonly jobKinds: readonly JobKind[]; readonly http: HttpClient }
): OpenFeatures {
  const { config, database, logs, cache, clock } = parts;
  const annotations = openAnnotations(config);
  const shared = {
    ledger: database.ledger,
    clusters: database.clusters,
    clusterRules: database.clusterRules,
    apiKeys: database.apiKeys,
    tenantStore: database.tenants,
    usage: database.usage,
    installation: config,
    configuredTenantId: parts.configured.id,
    hasLogs: (tenant: Tenant) => hasLogs(parts, tenant),
    redactionStore: database.redaction,
    ...jobParts,
    jobs: database.jobs,
    unitOfWork: database.unitOfWork,
    analyses: database.analyses,
    investigations: database.investigations,
    savedFilters: database.savedFilters,
    exportFiles: database.exportFiles,
    workList: database.workList,
    live: parts.live,
    tails: parts.tails,
    observeFailure: parts.metrics.observeFailure,
    webhooks: database.webhooks,
    anomalies: database.anomalies,
    modelProviders: parts.modelProviders,
    modelSettings: database.modelSettings,
    egress: database.egress,
    explanations: database.explanations,
    detection: database.detection,
    series: database.series,
    deploys: database.deploys,
    webhookKey: config.webhookKey,
    channels: database.channels,
    notices: database.notices,
    deliveries: database.deliveries,
    hasMail: config.mail !== null,
    ownHosts: ownHostsOf(config),
    auditLog: database.auditLog,
    forcedMatchers: config.queryMatchers,
    cache,
    clock,
    services: config.services,
    version: packageFacts.version,
    target: config.target,
    storage: database.database.system,
    logStore: logs.kind,
    startedAtMs: clock.nowMs(),
    pingDatabase: () => database.database.ping(),
  };
  return async (tenantId) => ({
    ...shared,
    ...(await tenants.open(tenantId)),
    tenantId,
    annotations: tenantId === parts.configured.id ? annotations : null,
    scanProgress: scanners && (() => scanners.progressOf(tenantId)),
  });
}
