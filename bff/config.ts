// The only reader of the environment. Everything is parsed once, at start, and all problems are told in one message.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Role } from '@loghunter/contracts';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { ServiceSettings } from '@loghunter/engine/records';
import type { DetectionSettings } from './anomalies/detection-context.ts';
import type { BudgetSettings } from './query-budget/budget-settings.ts';
import type { LimitSettings } from './rate-limits/rate-limits.ts';
import { Secret } from './settings/secret.ts';
import { findModelContradictions, toModelsConfig, type ModelsConfig } from './settings/models-config.ts';
import { toSignalsConfig, type SignalsConfig } from './settings/signals-config.ts';
import { describeSettings, type InstallationSetting } from './settings/installation-settings.ts';
import { factsOf } from './settings/setting.ts';
import { findSourceContradictions } from './settings/source-contradictions.ts';
import { Environment, type SettingName } from './settings/table.ts';
import type { ConfiguredWatch, LokiAccess } from './settings/values.ts';

/** Exit code of a process whose configuration is wrong (EX_CONFIG of sysexits.h). */
export const configurationExitCode = 78;

/** How Loki is reached. */
export interface LokiConfig extends LokiAccess {
  readonly timeoutMs: number;
}

/** A Loki beside the first one. */
export interface LokiSourceConfig extends LokiConfig {
  /** What watches call it; no two of a tenant have the same. */
  readonly name: string;
  /** Whose logs it holds; null: the tenant that the configuration names. */
  readonly tenantId: string | null;
}

/** How the scanner reads. */
export interface ScanConfig {
  /** Null: every stream, found by labels. */
  readonly watches: readonly ConfiguredWatch[] | null;
  readonly intervalMs: number;
  readonly backfillMs: number;
  readonly latenessMs: number;
  readonly reconcileWindowMs: number;
  readonly reconcileIntervalMs: number;
  /** Windows that are read at the same time while a watch catches up; 1 to 8. */
  readonly parallelWindows: number;
  /** A lease that is not renewed ends after this. */
  readonly leaseMs: number;
}

/** The Grafana whose users are known. */
export interface GrafanaConfig {
  readonly url: string;
  /** As identities name it, letter by letter. */
  readonly issuer: string;
  readonly organisations: 'mapped' | 'automatic';
  /** Subjects of users who run the installation. */
  readonly operators: readonly string[];
}

/** The operator's mail server. */
export interface MailConfig {
  /** With its login. */
  readonly url: Secret;
  readonly from: string;
}

/** Which part of the server a process runs. */
export type Target = 'all' | 'api' | 'worker' | 'scanner';

/** Everything that the server is told from outside. */
export interface Config {
  /** Names of settings that were given; all others have their defaults. */
  readonly givenSettings: ReadonlySet<string>;
  /** Every setting with where it comes from, for people; without secrets. */
  readonly described: readonly InstallationSetting[];
  readonly host: string;
  readonly port: number;
  readonly target: Target;
  readonly dataDirectory: string;
  /** Null: the embedded database. */
  readonly databaseUrl: Secret | null;
  readonly migrateAtStart: boolean;
  /** Null: a cache inside the process. */
  readonly redisUrl: Secret | null;
  /** Null: the embedded log store. */
  readonly loki: LokiConfig | null;
  /** Further log sources of any tenant. */
  readonly lokiSources: readonly LokiSourceConfig[];
  readonly tenantName: string;
  /** Accepted secrets, newest first; empty when requests need none. */
  readonly grafanaSecrets: readonly Secret[];
  /** Null: identities are not checked. */
  readonly grafana: GrafanaConfig | null;
  /** What requests may do that name nobody; null: nothing. */
  readonly roleWithoutIdentity: Role | null;
  readonly limits: LimitSettings;
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  readonly services: ServiceSettings;
  readonly scan: ScanConfig;
  readonly budget: BudgetSettings;
  readonly detection: DetectionSettings;
  /** How far back the log store is asked for counts of services from before the ledger; 0: it is not. */
  readonly countHistoryMs: number;
  /** What every query that comes from outside is bound to; empty for nothing. */
  readonly queryMatchers: readonly LabelMatcher[];
  /** How long answers of the log store are kept; 0 keeps none. */
  readonly queryCacheMs: number;
  readonly retentionMs: number;
  /** Open clusters without lines for this long are resolved; null: never. */
  readonly autoResolveMs: number | null;
  readonly auditRetentionMs: number;
  /** What happened to clusters is kept for this long. */
  readonly workHistoryMs: number;
  /** Whether incidents that are HIGH or CRITICAL are analysed without anybody asking. */
  readonly hasAutomaticAnalyses: boolean;
  /** Whether each of them gets an investigation as well. */
  readonly hasAutomaticInvestigations: boolean;
  /** Jobs that one process runs at the same time. */
  readonly jobConcurrency: number;
  /** For how long a message that a receiver does not take is tried again. */
  readonly noticeRetryMs: number;
  /** Secrets of webhooks are made of it; null: there are no webhooks. */
  readonly webhookKey: Secret | null;
  /** Grafana's contact point signs with it; null: no alerts are taken. */
  readonly alertSecret: Secret | null;
  /** The operator's mail server and the sender of its mails; null: there is no mail. */
  readonly mail: MailConfig | null;
  /** Of a service account of Grafana that may write annotations; null: none are written or read. */
  readonly grafanaToken: Secret | null;
  /** Data source that links in messages open in Explore; null: its default. */
  readonly grafanaLokiUid: string | null;
  /** Where people's browsers reach this server; null: messages hold no buttons. */
  readonly publicUrl: string | null;
  /** Hosts that may be called over http and at private addresses. */
  readonly outboundHosts: readonly string[];
  /** Traces and metrics of the configured tenant. */
  readonly signals: SignalsConfig;
  readonly models: ModelsConfig;
  readonly log: { readonly level: Environment['LOGHUNTER_LOG_LEVEL']; readonly format: 'json' | 'text' };
}

const marker = Symbol.for('loghunter.config-error');

/** The configuration is wrong; the message names every problem, one a line. */
export class ConfigError extends Error {
  readonly [marker] = true;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Recognises a {@link ConfigError} by its marker. */
export function isConfigError(value: unknown): value is ConfigError {
  return typeof value === 'object' && value !== null && marker in value;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the process's environment; throws {@link ConfigError}. */
export function readConfig(): Config {
  return parseConfig(process.env);
}

/** Reads given variables; throws {@link ConfigError}. Empty values count as unset, as compose files write them. */
export function parseConfig(variables: Variables): Config {
  const problems: string[] = [];
  const { texts, fromFiles } = collectTexts(variables, problems);
  const environment = parseSettings(texts, problems);
  problems.push(...findContradictions(environment));
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return Object.freeze({
    ...toConfig(Environment.parse(texts), variables['NODE_ENV'] === 'production'),
    givenSettings: new Set(Object.keys(texts)),
    described: describeSettings(texts, fromFiles),
  });
}

interface GivenTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly fromFiles: ReadonlySet<string>;
}

function collectTexts(variables: Variables, problems: string[]): GivenTexts {
  const texts: Record<string, string> = {};
  const fromFiles = new Set<string>();
  for (const [name, text] of Object.entries(variables)) {
    if (!name.startsWith('LOGHUNTER_') || text === undefined || text === '') {
      continue;
    }
    const target = name.replace(/_FILE$/, '');
    if (name in Environment.shape) {
      texts[name] = text;
    } else if (target !== name && isSecretSetting(target)) {
      const secret = variables[target] ? { problems: [`${target} is set as well`] } : readSecretFile(text);
      problems.push(...secret.problems.map((problem) => `${name}: ${problem}`));
      if ('text' in secret && secret.text !== undefined) {
        texts[target] = secret.text;
        fromFiles.add(target);
      }
    } else {
      problems.push(`${name}: no such setting`);
    }
  }
  return { texts, fromFiles };
}

function isSecretSetting(name: string): boolean {
  return name in Environment.shape && factsOf(Environment.shape[name as SettingName]).isSecret === true;
}

function readSecretFile(path: string): { readonly text?: string; readonly problems: readonly string[] } {
  try {
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, ''), problems: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { problems: [`cannot read ${path}: ${code}`] };
  }
}

function parseSettings(texts: Readonly<Record<string, string>>, problems: string[]): Partial<Environment> {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(Environment.shape)) {
    const parsed = schema.safeParse(texts[name]);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      problems.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
    }
  }
  return values;
}

function findContradictions(environment: Partial<Environment>): string[] {
  const problems: string[] = [];
  const { LOGHUNTER_HOST: host, LOGHUNTER_TARGET: target } = environment;
  const { LOGHUNTER_GRAFANA_SECRET: secret, LOGHUNTER_WITHOUT_IDENTITY: withoutIdentity } = environment;
  if (host !== undefined && !isLoopback(host) && secret === undefined && (withoutIdentity ?? 'refuse') !== 'refuse') {
    problems.push(
      `LOGHUNTER_WITHOUT_IDENTITY: must be refuse without LOGHUNTER_GRAFANA_SECRET, because LOGHUNTER_HOST=${host} is reachable from other machines`
    );
  }
  if (environment.LOGHUNTER_GRAFANA_URL !== undefined && secret === undefined) {
    problems.push('LOGHUNTER_GRAFANA_URL: needs LOGHUNTER_GRAFANA_SECRET');
  }
  for (const name of ['LOGHUNTER_GRAFANA_ISSUER', 'LOGHUNTER_GRAFANA_OPERATORS', 'LOGHUNTER_GRAFANA_TOKEN'] as const) {
    if (environment[name] !== undefined && environment.LOGHUNTER_GRAFANA_URL === undefined) {
      problems.push(`${name}: needs LOGHUNTER_GRAFANA_URL`);
    }
  }
  if (
    environment.LOGHUNTER_GRAFANA_SECRET_PREVIOUS !== undefined &&
    environment.LOGHUNTER_GRAFANA_SECRET === undefined
  ) {
    problems.push('LOGHUNTER_GRAFANA_SECRET_PREVIOUS: needs LOGHUNTER_GRAFANA_SECRET');
  }
  if (target !== undefined && target !== 'all' && environment.LOGHUNTER_DATABASE_URL === undefined) {
    problems.push(
      `LOGHUNTER_TARGET: ${target} needs LOGHUNTER_DATABASE_URL, because the embedded database takes one process only`
    );
  }
  if ((environment.LOGHUNTER_SMTP_URL === undefined) !== (environment.LOGHUNTER_MAIL_FROM === undefined)) {
    problems.push('LOGHUNTER_SMTP_URL: must be set together with LOGHUNTER_MAIL_FROM');
  }
  if ((environment.LOGHUNTER_LOKI_USERNAME === undefined) !== (environment.LOGHUNTER_LOKI_PASSWORD === undefined)) {
    problems.push('LOGHUNTER_LOKI_USERNAME: must be set together with LOGHUNTER_LOKI_PASSWORD');
  }
  if (environment.LOGHUNTER_LOKI_TOKEN !== undefined && environment.LOGHUNTER_LOKI_USERNAME !== undefined) {
    problems.push('LOGHUNTER_LOKI_TOKEN: must not be set together with LOGHUNTER_LOKI_USERNAME');
  }
  problems.push(...findSourceContradictions(environment), ...findModelContradictions(environment));
  return problems;
}

/** True for addresses that no other machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function toConfig(environment: Environment, isProduction: boolean): Omit<Config, 'givenSettings' | 'described'> {
  const secrets = [environment.LOGHUNTER_GRAFANA_SECRET, environment.LOGHUNTER_GRAFANA_SECRET_PREVIOUS];
  return {
    host: environment.LOGHUNTER_HOST,
    port: environment.LOGHUNTER_PORT,
    target: environment.LOGHUNTER_TARGET,
    dataDirectory: environment.LOGHUNTER_DATA_DIRECTORY,
    databaseUrl: toSecret(environment.LOGHUNTER_DATABASE_URL),
    migrateAtStart: environment.LOGHUNTER_MIGRATE_AT_START ?? !isProduction,
    redisUrl: toSecret(environment.LOGHUNTER_REDIS_URL),
    loki: toLokiConfig(environment),
    lokiSources: (environment.LOGHUNTER_LOKI_SOURCES ?? []).map((source) => ({
      ...source,
      timeoutMs: environment.LOGHUNTER_LOKI_TIMEOUT_MS,
    })),
    tenantName: environment.LOGHUNTER_TENANT,
    grafanaSecrets: secrets.filter((secret) => secret !== undefined),
    grafana: toGrafanaConfig(environment),
    roleWithoutIdentity: toRoleWithoutIdentity(environment),
    limits: {
      user: environment.LOGHUNTER_LIMIT_USER,
      admin: environment.LOGHUNTER_LIMIT_ADMIN,
      pages: environment.LOGHUNTER_LIMIT_PAGES,
    },
    corsOrigins: environment.LOGHUNTER_CORS_ORIGINS ?? [],
    services: {
      serviceLabels: environment.LOGHUNTER_SERVICE_LABELS,
      namespaceLabels: environment.LOGHUNTER_NAMESPACE_LABELS,
    },
    scan: toScanConfig(environment),
    budget: toBudget(environment),
    detection: {
      intervalMs: environment.LOGHUNTER_DETECTION_INTERVAL_SECONDS * 1000,
      sensitivity: environment.LOGHUNTER_DETECTION_SENSITIVITY,
      timeZone: environment.LOGHUNTER_TIME_ZONE,
    },
    countHistoryMs: environment.LOGHUNTER_HISTORY_DAYS * 86_400_000,
    queryMatchers: environment.LOGHUNTER_QUERY_MATCHERS ?? [],
    queryCacheMs: environment.LOGHUNTER_QUERY_CACHE_SECONDS * 1000,
    retentionMs: environment.LOGHUNTER_RETENTION_DAYS * 86_400_000,
    autoResolveMs:
      environment.LOGHUNTER_AUTO_RESOLVE_DAYS === 0 ? null : environment.LOGHUNTER_AUTO_RESOLVE_DAYS * 86_400_000,
    workHistoryMs: environment.LOGHUNTER_WORK_HISTORY_DAYS * 86_400_000,
    auditRetentionMs: environment.LOGHUNTER_AUDIT_RETENTION_DAYS * 86_400_000,
    hasAutomaticAnalyses: environment.LOGHUNTER_AUTOMATIC_ANALYSES,
    hasAutomaticInvestigations: environment.LOGHUNTER_AUTOMATIC_INVESTIGATIONS,
    jobConcurrency: environment.LOGHUNTER_JOB_CONCURRENCY,
    noticeRetryMs: environment.LOGHUNTER_NOTICE_RETRY_HOURS * 3_600_000,
    webhookKey: environment.LOGHUNTER_WEBHOOK_KEY ?? null,
    alertSecret: environment.LOGHUNTER_ALERT_SECRET ?? null,
    mail: toMailConfig(environment),
    grafanaToken: environment.LOGHUNTER_GRAFANA_TOKEN ?? null,
    grafanaLokiUid: environment.LOGHUNTER_GRAFANA_LOKI_UID ?? null,
    publicUrl: environment.LOGHUNTER_PUBLIC_URL ?? null,
    outboundHosts: environment.LOGHUNTER_OUTBOUND_HOSTS ?? [],
    signals: toSignalsConfig(environment),
    models: toModelsConfig(environment),
    log: { level: environment.LOGHUNTER_LOG_LEVEL, format: environment.LOGHUNTER_LOG_FORMAT },
  };
}

function toSecret(text: string | undefined): Secret | null {
  return text === undefined ? null : new Secret(text);
}

function toGrafanaConfig(environment: Environment): GrafanaConfig | null {
  const { LOGHUNTER_GRAFANA_URL: url, LOGHUNTER_GRAFANA_ISSUER: issuer } = environment;
  if (url === undefined) {
    return null;
  }
  return {
    url,
    issuer: issuer ?? `${url}/`,
    organisations: environment.LOGHUNTER_GRAFANA_ORGANISATIONS,
    operators: environment.LOGHUNTER_GRAFANA_OPERATORS ?? [],
  };
}

// Whoever reaches a loopback address without a secret may read the server's files as well: that is its operator.
function toRoleWithoutIdentity(environment: Environment): Role | null {
  const { LOGHUNTER_WITHOUT_IDENTITY: given, LOGHUNTER_GRAFANA_SECRET: secret } = environment;
  if (given !== undefined) {
    return given === 'refuse' ? null : given;
  }
  if (environment.LOGHUNTER_GRAFANA_URL !== undefined) {
    return null;
  }
  // Grafana's viewers have the secret behind them as its administrators have, and nothing here tells them apart.
  if (secret !== undefined) {
    return 'viewer';
  }
  return isLoopback(environment.LOGHUNTER_HOST) ? 'operator' : null;
}

function toMailConfig(environment: Environment): MailConfig | null {
  const { LOGHUNTER_SMTP_URL: url, LOGHUNTER_MAIL_FROM: from } = environment;
  return url === undefined || from === undefined ? null : { url, from };
}

function toLokiConfig(environment: Environment): LokiConfig | null {
  const { LOGHUNTER_LOKI_URL: url, LOGHUNTER_LOKI_USERNAME: username, LOGHUNTER_LOKI_PASSWORD: password } = environment;
  if (url === undefined) {
    return null;
  }
  const token = environment.LOGHUNTER_LOKI_TOKEN;
  const basic =
    username !== undefined && password !== undefined ? { kind: 'basic' as const, username, password } : null;
  return {
    url,
    orgId: environment.LOGHUNTER_LOKI_ORG_ID ?? null,
    auth: token === undefined ? basic : { kind: 'bearer', token },
    timeoutMs: environment.LOGHUNTER_LOKI_TIMEOUT_MS,
  };
}

function toScanConfig(environment: Environment): ScanConfig {
  return {
    watches: environment.LOGHUNTER_WATCHES ?? null,
    intervalMs: environment.LOGHUNTER_SCAN_INTERVAL_MS,
    backfillMs: environment.LOGHUNTER_BACKFILL_HOURS * 3_600_000,
    latenessMs: environment.LOGHUNTER_LATENESS_SECONDS * 1000,
    reconcileWindowMs: environment.LOGHUNTER_RECONCILE_WINDOW_MINUTES * 60_000,
    reconcileIntervalMs: environment.LOGHUNTER_RECONCILE_INTERVAL_SECONDS * 1000,
    parallelWindows: environment.LOGHUNTER_SCAN_PARALLEL_WINDOWS,
    leaseMs: environment.LOGHUNTER_LEASE_SECONDS * 1000,
  };
}

const mebibyte = 1024 * 1024;

function toBudget(environment: Environment): BudgetSettings {
  return {
    mode: environment.LOGHUNTER_BUDGET_MODE,
    maxConcurrentQueries: environment.LOGHUNTER_BUDGET_CONCURRENCY,
    maxWaitMs: environment.LOGHUNTER_BUDGET_WAIT_SECONDS * 1000,
    limits: {
      people: {
        minuteBytes: environment.LOGHUNTER_BUDGET_PEOPLE_MINUTE_MIB * mebibyte,
        queryBytes: environment.LOGHUNTER_BUDGET_PEOPLE_QUERY_MIB * mebibyte,
      },
      background: {
        minuteBytes: environment.LOGHUNTER_BUDGET_BACKGROUND_MINUTE_MIB * mebibyte,
        queryBytes: environment.LOGHUNTER_BUDGET_BACKGROUND_QUERY_MIB * mebibyte,
      },
      ai: {
        minuteBytes: environment.LOGHUNTER_BUDGET_AI_MINUTE_MIB * mebibyte,
        queryBytes: environment.LOGHUNTER_BUDGET_AI_QUERY_MIB * mebibyte,
      },
    },
  };
}
