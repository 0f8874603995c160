// The server's parts on fakes: requests through `app.request()`, the scanner by hand, time as the test sets it.
import type { Role } from '@loghunter/contracts';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type {
  AnnotationBoard,
  AnomalyStore,
  ApiKeyStore,
  Cache,
  ClusterStore,
  AnalysisStore,
  EgressLedger,
  ExplanationStore,
  HttpClient,
  JobStore,
  LanguageModel,
  ModelSettingsStore,
  RedactionStore,
  Ledger,
  LogStore,
  TenantStore,
  WorkListStore,
} from '@loghunter/ports';
import { PortError } from '@loghunter/ports';
import {
  createFakeApiKeyStore,
  createFakeAuditLog,
  createFakeCache,
  createFakeIdempotencyStore,
  createFakeJobQueue,
  createFakeLanguageModel,
  createFakeLiveBus,
  createFakeLiveStore,
  createFakeLogStore,
  createFakeRedactionStore,
  createFakeStores,
  createFakeUsageStore,
  createFakeUnitOfWork,
  createManualClock,
  type FakeAuditLog,
  type FakeJobQueue,
  type FakeLogStore,
  type ManualClock,
} from '@loghunter/ports/testing';
import { pino } from 'pino';
import { createAuditedCalls } from '../audit/audited-calls.ts';
import { parseConfig, type ScanConfig } from '../config.ts';
import { createEventIdentifier } from '../events/identify-event.ts';
import { createTenantRules } from '../events/tenant-rules.ts';
import { createHandlers, type OpenFeatures } from '../handlers.ts';
import { createMetrics, type Metrics } from '../health/metrics.ts';
import { createApp } from '../http/app.ts';
import { createKeyAuthenticator } from '../api-keys/authenticate-key.ts';
import { createAuthenticator, type AuthenticatorParts } from '../identity/authenticate.ts';
import { createTailHub } from '../tail/tail-hub.ts';
import { announceInvestigations } from '../live/announce-investigations.ts';
import { createLiveFeed, type LiveFeed } from '../live/live-feed.ts';
import { createWorkFollower, type WorkFollower } from '../work-list/follow-work.ts';
import { priceQuery } from '../query-budget/price-query.ts';
import { createQueryBudget } from '../query-budget/query-budget.ts';
import { createStoredTextRedaction } from '../redaction/stored-text-redaction.ts';
import type { ScanContext } from '../scanner/scan-context.ts';
import { createScanner, type Scanner } from '../scanner/scanner.ts';
import { createRateLimits, type LimitSettings } from '../rate-limits/rate-limits.ts';
import { createUsageMeter, type UsageMeter } from '../rate-limits/usage-meter.ts';
import { Secret } from '../settings/secret.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { createModelProviders, type ModelProviders } from '../language-models/model-providers.ts';
import { createSharedSqlStores } from './shared-sql-stores.ts';
import { createOpenTenants } from '../tenants/open-tenants.ts';

/** Twenty past ten in the morning of a day in the past. */
export const testNowMs = Date.UTC(2026, 9, 5, 10, 20, 0);

/** What a test may set. */
export interface TestServerOptions {
  readonly secrets?: readonly string[];
  /** Role of requests that name nobody, null for none; `operator` when absent. */
  readonly role?: Role | null;
  readonly grafana?: AuthenticatorParts['grafana'];
  readonly limits?: Partial<LimitSettings>;
  readonly corsOrigins?: readonly string[];
  readonly scan?: Partial<ScanConfig>;
  readonly forcedMatchers?: readonly LabelMatcher[];
  readonly clusters?: ClusterStore;
  readonly logs?: LogStore;
  readonly ledger?: Ledger;
  readonly workList?: WorkListStore;
  readonly lokiApi?: (request: Request) => Promise<Response>;
  readonly jobKinds?: readonly JobKind[];
  readonly http?: HttpClient;
  /** Null: not set up. One that takes everything when absent. */
  readonly annotations?: AnnotationBoard | null;
  /** Of Ollama; nobody answers when absent. */
  readonly languageModel?: LanguageModel;
  /** Environment variables of language models. */
  readonly modelVariables?: Readonly<Record<string, string>>;
  /** Null: webhooks are switched off. */
  readonly webhookKey?: Secret | null;
}

/** A line of a test: its time in milliseconds, and its text. */
export type TestLine = readonly [atMs: number, text: string];

/** A server whose outside is fakes. */
export interface TestServer {
  readonly clock: ManualClock;
  readonly fakeLogs: FakeLogStore;
  readonly clusters: ClusterStore;
  readonly ledger: Ledger;
  readonly cache: Cache;
  readonly tenantId: string;
  readonly apiKeys: ApiKeyStore;
  readonly tenants: TenantStore;
  readonly usage: UsageMeter;
  readonly auditLog: FakeAuditLog;
  readonly queue: FakeJobQueue;
  readonly jobs: JobStore;
  readonly analyses: AnalysisStore;
  readonly egress: EgressLedger;
  readonly explanations: ExplanationStore;
  readonly modelProviders: ModelProviders;
  readonly metrics: Metrics;
  readonly modelSettings: ModelSettingsStore;
  readonly redactionStore: RedactionStore;
  readonly anomalies: AnomalyStore;
  readonly scanner: Scanner;
  /** What handlers of a tenant work on. */
  readonly openFeature: OpenFeatures;
  readonly live: LiveFeed;
  /** Has the work list follow what was counted, as the server does every few seconds. */
  createFollower(settings?: { readonly quietMs?: number }): WorkFollower;
  get(path: string, init?: RequestInit): Promise<Response>;
  push(labels: Labels, lines: readonly TestLine[]): Promise<void>;
  /** Another scanner on the same stores, as after a restart or on another replica. */
  createScanner(scan?: Partial<ScanConfig>, heldBackBy?: ScanContext['heldBackBy']): Promise<Scanner>;
  /** The parts as a tool beside the scanner has them. */
  toolContext(): ScanContext;
}

/** Builds the server of a test. */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = createManualClock(testNowMs);
  const fakeLogs = createFakeLogStore({ pageSize: 50 });
  const fakes = createFakeStores(() => clock.nowMs());
  const ledger = options.ledger ?? fakes.ledger;
  const clusters = options.clusters ?? fakes.clusterStore;
  const logs = options.logs ?? fakeLogs;
  const cache = createFakeCache(() => clock.nowMs());
  const apiKeys = createFakeApiKeyStore(() => clock.nowMs());
  const usageStore = createFakeUsageStore();
  const usage = createUsageMeter({ store: usageStore, clock, observeFailure: () => undefined });
  const config = parseConfig(options.modelVariables ?? {});
  const tenant = await ledger.ensureTenant('default', null);
  const logger = pino({ level: 'silent' });
  const identifierOf = (id: string) =>
    createEventIdentifier({
      tenantId: id,
      services: config.services,
      rules: createTenantRules({ tenantId: id, rules: fakes.clusterRules, clock }),
    });
  const identifier = identifierOf(tenant.id);
  const metrics = createMetrics({ scannerLagSeconds: () => 12 });
  const budget = createQueryBudget({
    ...{ tenantId: tenant.id, ledger, store: logs, settings: config.budget, meter: metrics.queries, clock },
    system: 'embedded-logs',
  });
  const redactionStore = createFakeRedactionStore(() => clock.nowMs());
  const redaction = createStoredTextRedaction({ tenantId: tenant.id, store: redactionStore, observer: metrics });
  const shared = {
    ...{ tenantId: tenant.id, ledger, clusters, logs, cache, clock, identifier, services: config.services },
    ...{ redaction, redactionStore, forcedMatchers: options.forcedMatchers ?? [] },
  };
  let holderCount = 0;
  function newScanner(scan: Partial<ScanConfig> = {}, heldBackBy?: ScanContext['heldBackBy']): Promise<Scanner> {
    holderCount += 1;
    return createScanner({
      ...shared,
      ...(heldBackBy === undefined ? {} : { heldBackBy }),
      // The first shares its ids with the requests, as in one process; further ones are replicas.
      identifier: holderCount === 1 ? identifier : identifierOf(tenant.id),
      settings: { ...config.scan, ...options.scan, ...scan },
      observer: metrics,
      logger,
      holder: `holder-${holderCount}`,
    });
  }
  const scanner = await newScanner();
  const tenants = createOpenTenants({
    listTenants: () => ledger.listTenants(),
    createParts: ({ id }) => ({
      logs,
      backgroundLogs: logs,
      identifier: id === tenant.id ? identifier : identifierOf(id),
      redaction: createStoredTextRedaction({ tenantId: id, store: redactionStore, observer: metrics }),
      priceQuery: (query, range, signal) => priceQuery(budget, query, range, signal),
      describeLoad: () => '',
      heldBackBy: () => null,
    }),
    clock,
  });
  const workList = options.workList ?? fakes.workList;
  const liveBus = createFakeLiveBus();
  const auditLog = createFakeAuditLog();
  const queue = createFakeJobQueue();
  const unitOfWork = createFakeUnitOfWork();
  const live = createLiveFeed({
    ...{ store: createFakeLiveStore(), bus: liveBus, unitOfWork, clock, observeFailure: () => undefined },
  });
  const sqlStores = createSharedSqlStores();
  const jobParts = {
    ...sqlStores,
    investigations: announceInvestigations(sqlStores.investigations, live),
    ...{ auditLog, queue, unitOfWork },
    modelProviders: createModelProviders(
      config.models,
      new Map([['ollama', options.languageModel ?? createFakeLanguageModel(() => ({ text: '' }), [])]]),
      clock
    ),
    hasMail: true,
    ownHosts: ['loghunter.example'],
    jobKinds: options.jobKinds ?? [],
    http: options.http ?? createRefusingHttpClient(),
    annotations: options.annotations === undefined ? acceptingAnnotations : options.annotations,
    webhookKey: options.webhookKey === undefined ? new Secret('key-of-webhooks-for-tests') : options.webhookKey,
  };
  const openFeature: OpenFeatures = async (tenantId) => ({
    ...shared,
    ...jobParts,
    apiKeys,
    tenantStore: fakes.tenantStore,
    clusterRules: fakes.clusterRules,
    workList,
    live,
    tails: createTailHub(),
    observeFailure: () => undefined,
    usage: usageStore,
    installation: config,
    configuredTenantId: tenant.id,
    hasLogs: () => true,
    ...(await tenants.open(tenantId)),
    tenantId,
    version: '1.2.3',
    target: 'all',
    storage: 'pglite',
    logStore: 'embedded',
    startedAtMs: testNowMs,
    pingDatabase: () => Promise.resolve(),
    scanProgress: () => scanner.progress(),
  });
  const handlers = createHandlers(openFeature);
  const app = createApp({
    handlers,
    calls: createAuditedCalls({
      auditLog,
      // At once, so that a test sees it.
      readBatch: {
        add: (tenantId, record) => void auditLog.append(tenantId, [record]),
        flush: () => Promise.resolve(),
        stop: () => Promise.resolve(),
      },
      unitOfWork,
      idempotency: createFakeIdempotencyStore(),
      clock,
    }),
    servedRoutes: null,
    authenticator: createAuthenticator({
      secrets: (options.secrets ?? []).map((secret) => new Secret(secret)),
      keys: createKeyAuthenticator({ store: apiKeys, clock, observeUse: () => undefined }),
      grafana: options.grafana ?? null,
      roleWithoutIdentity: options.role === undefined ? 'operator' : options.role,
      configuredTenantId: tenant.id,
      logger,
    }),
    limiting: {
      limits: createRateLimits({ settings: { ...config.limits, ...options.limits }, shared: null, clock }),
      usage,
    },
    corsOrigins: options.corsOrigins ?? [],
    configuredTenantId: tenant.id,
    logger,
    observer: metrics,
    renderMetrics: () => metrics.render(),
    ...(options.lokiApi === undefined ? {} : { lokiApi: options.lokiApi }),
  });
  return {
    clock,
    fakeLogs,
    clusters,
    ledger,
    cache,
    tenantId: tenant.id,
    apiKeys,
    tenants: fakes.tenantStore,
    usage,
    auditLog,
    queue,
    jobs: sqlStores.jobs,
    analyses: sqlStores.analyses,
    egress: sqlStores.egress,
    explanations: sqlStores.explanations,
    modelProviders: jobParts.modelProviders,
    metrics,
    modelSettings: sqlStores.modelSettings,
    redactionStore,
    anomalies: sqlStores.anomalies,
    scanner,
    openFeature,
    live,
    createFollower: ({ quietMs } = {}) =>
      createWorkFollower({
        ...shared,
        ...{ workList, clusterRules: fakes.clusterRules, notices: sqlStores.notices, unitOfWork, live },
        ...{ latenessMs: config.scan.latenessMs, quietMs: quietMs ?? null },
      }),
    createScanner: newScanner,
    toolContext: () => ({
      ...shared,
      settings: { ...config.scan, ...options.scan },
      observer: metrics,
      logger,
      holder: null,
      signal: new AbortController().signal,
      checkpoint: () => Promise.resolve(),
    }),
    get: async (path, init) => app.request(path, init),
    push: (labels, lines) => fakeLogs.push([{ labels, entries: lines.map(toEntry) }], new AbortController().signal),
  };
}

function createRefusingHttpClient(): HttpClient {
  const refuse = () => Promise.reject(new PortError({ system: 'http', kind: 'rejected', message: 'no network here' }));
  return { send: refuse, check: refuse, close: () => Promise.resolve() };
}

function toEntry([atMs, line]: TestLine) {
  return { timestampNs: BigInt(atMs) * 1_000_000n, line, metadata: {} };
}

const acceptingAnnotations: AnnotationBoard = {
  create: () => Promise.resolve({ id: 7 }),
  change: () => Promise.resolve(),
  find: () => Promise.resolve([]),
};
