import { z } from 'zod';
import { defaultServiceSettings } from '@loghunter/engine/records';
import { modelEnvironment } from './model-environment.ts';
import { signalEnvironment } from './signal-environment.ts';
import { optionalSetting, setting } from './setting.ts';
import {
  address,
  Flag,
  ForcedMatchers,
  HostList,
  HttpAddress,
  LogSources,
  MailServer,
  NameList,
  Origins,
  SecretText,
  SharedSecret,
  Subjects,
  TimeZoneName,
  Watches,
  wholeNumber,
} from './values.ts';

/** Every setting of the server, in the order in which `.env.example` shows them. */
export const Environment = z.object({
  LOGHUNTER_HOST: setting(z.string().regex(/^[\w.:-]+$/, 'must be a host name or IP address'), {
    default: '127.0.0.1',
    description:
      'Address that the server listens on. On any other than a loopback address every request needs credentials.',
  }),
  LOGHUNTER_PORT: setting(wholeNumber(0, 65_535), {
    default: '8787',
    description: 'Port that the server listens on; 0 takes a free one.',
  }),
  LOGHUNTER_TARGET: setting(z.enum(['all', 'api', 'worker', 'scanner'], 'must be all, api, worker or scanner'), {
    default: 'all',
    description:
      'Part of the server that this process runs. Anything but `all` needs LOGHUNTER_DATABASE_URL: the embedded database takes one process only.',
  }),
  LOGHUNTER_DATA_DIRECTORY: setting(z.string().min(1), {
    default: './data',
    description: 'Folder of the embedded database and the embedded log store; not used when both live elsewhere.',
  }),
  LOGHUNTER_DATABASE_URL: optionalSetting(address(['postgres://', 'postgresql://']), {
    description: 'Postgres 15 or newer, such as postgres://user:password@host:5432/loghunter.',
    whenUnset: 'an embedded database in the data directory, for one process',
    isSecret: true,
  }),
  LOGHUNTER_MIGRATE_AT_START: optionalSetting(Flag, {
    description: 'Bring the database schema up to date at start; otherwise `loghunter migrate up` does it.',
    whenUnset: 'true, and false when NODE_ENV is production',
  }),
  LOGHUNTER_REDIS_URL: optionalSetting(address(['redis://', 'rediss://']), {
    description: 'Redis 7 for the cache and for what replicas share, such as redis://host:6379.',
    whenUnset: 'a cache inside the process',
    isSecret: true,
  }),
  LOGHUNTER_LOKI_URL: optionalSetting(HttpAddress, {
    description: "Loki's base address, such as http://loki:3100.",
    whenUnset: 'the embedded log store, for trying out',
  }),
  LOGHUNTER_LOKI_ORG_ID: optionalSetting(
    z.string().regex(/^[A-Za-z0-9!_.*'()-]{1,150}$/, 'must be a tenant id of Loki'),
    {
      description: 'Sent to Loki as X-Scope-OrgID.',
      whenUnset: 'no header, for a Loki without tenants',
    }
  ),
  LOGHUNTER_LOKI_USERNAME: optionalSetting(z.string(), { description: 'User name for basic authentication at Loki.' }),
  LOGHUNTER_LOKI_PASSWORD: optionalSetting(SecretText, {
    description: 'Password for basic authentication at Loki.',
    isSecret: true,
  }),
  LOGHUNTER_LOKI_TOKEN: optionalSetting(SecretText, {
    description: 'Bearer token for Loki, instead of user name and password.',
    isSecret: true,
  }),
  LOGHUNTER_LOKI_SOURCES: optionalSetting(LogSources, {
    description:
      'Further Lokis: a JSON list of {"name", "url"} with "orgId", and "token" or "username" and "password", where they need them. "url" may be the data-source proxy of a Grafana, with a service account\'s token. A source is the configured tenant\'s, or that of the tenant whose id stands in "tenantId". Watches name them as "source"; without LOGHUNTER_WATCHES each is read whole. Streams must differ between a tenant\'s sources by a label.',
    whenUnset: 'only the Loki of LOGHUNTER_LOKI_URL',
    isSecret: true,
  }),
  LOGHUNTER_LOKI_TIMEOUT_MS: setting(wholeNumber(100, 600_000), {
    default: '30000',
    unit: 'milliseconds',
    description: 'Longest time for one query to Loki.',
  }),
  LOGHUNTER_QUERY_MATCHERS: optionalSetting(ForcedMatchers, {
    description:
      'Stream selector, such as {cluster="eu"}, whose matchers every query that people or programs write is bound to.',
    whenUnset: 'queries may name any stream that LOGHUNTER_LOKI_ORG_ID opens',
  }),
  LOGHUNTER_BUDGET_MODE: setting(z.enum(['off', 'shadow', 'enforce'], 'must be off, shadow or enforce'), {
    default: 'enforce',
    description:
      'What happens to queries that would have Loki read too much: `enforce` lets them wait or refuses them and says what would fit, `shadow` only counts them, `off` estimates nothing.',
  }),
  LOGHUNTER_BUDGET_CONCURRENCY: setting(wholeNumber(1, 1000), {
    default: '8',
    unit: 'queries',
    description:
      'Queries to Loki that run at the same time. Background work takes half of them at most, and none that people wait for.',
  }),
  LOGHUNTER_BUDGET_WAIT_SECONDS: setting(wholeNumber(0, 300), {
    default: '10',
    unit: 'seconds',
    description: "Longest wait of a person's query for its turn.",
  }),
  LOGHUNTER_BUDGET_PEOPLE_MINUTE_MIB: setting(wholeNumber(1, 1000000000), {
    default: '40960',
    unit: 'mebibytes',
    description: "What people's queries together may have Loki read within a minute.",
  }),
  LOGHUNTER_BUDGET_PEOPLE_QUERY_MIB: setting(wholeNumber(1, 1000000000), {
    default: '10240',
    unit: 'mebibytes',
    description: "What one of people's queries may have Loki read. More is refused.",
  }),
  LOGHUNTER_BUDGET_BACKGROUND_MINUTE_MIB: setting(wholeNumber(1, 1000000000), {
    default: '20480',
    unit: 'mebibytes',
    description: 'What background queries together may have Loki read within a minute.',
  }),
  LOGHUNTER_BUDGET_BACKGROUND_QUERY_MIB: setting(wholeNumber(1, 1000000000), {
    default: '5120',
    unit: 'mebibytes',
    description: 'What one of background queries may have Loki read. More is read in stretches of time.',
  }),
  LOGHUNTER_BUDGET_AI_MINUTE_MIB: setting(wholeNumber(1, 1000000000), {
    default: '5120',
    unit: 'mebibytes',
    description: 'What queries for AI together may have Loki read within a minute.',
  }),
  LOGHUNTER_BUDGET_AI_QUERY_MIB: setting(wholeNumber(1, 1000000000), {
    default: '2048',
    unit: 'mebibytes',
    description: 'What one of queries for AI may have Loki read. More is refused.',
  }),
  LOGHUNTER_QUERY_CACHE_SECONDS: setting(wholeNumber(0, 3600), {
    default: '60',
    unit: 'seconds',
    description:
      "How long the answer to a person's query is good for everyone who asks the same; 0 asks Loki each time.",
  }),
  LOGHUNTER_TENANT: setting(z.string().min(1).max(200), {
    default: 'default',
    description: 'Name of the tenant that all data belongs to.',
  }),
  LOGHUNTER_GRAFANA_SECRET: optionalSetting(SharedSecret, {
    description: 'Shared with the plugin: only requests that carry it, or an API key, are answered.',
    whenUnset: 'requests need an API key; on a loopback address they need nothing',
    isSecret: true,
  }),
  LOGHUNTER_GRAFANA_SECRET_PREVIOUS: optionalSetting(SharedSecret, {
    description: 'Former secret that is still accepted, while the new one is rolled out.',
    isSecret: true,
  }),
  LOGHUNTER_GRAFANA_URL: optionalSetting(HttpAddress, {
    description:
      "Where this server reaches Grafana, such as http://grafana:3000. Its keys are read there, and every user's signed identity is checked.",
    whenUnset: 'users of the plugin are not told apart; see LOGHUNTER_WITHOUT_IDENTITY',
  }),
  LOGHUNTER_GRAFANA_ISSUER: optionalSetting(address(['http://', 'https://']), {
    description: "Grafana's root_url exactly as its own configuration has it, as identities name it.",
    whenUnset: 'LOGHUNTER_GRAFANA_URL with a slash at its end',
  }),
  LOGHUNTER_GRAFANA_ORGANISATIONS: setting(z.enum(['mapped', 'automatic'], 'must be mapped or automatic'), {
    default: 'mapped',
    description:
      "Organisations of Grafana that are no tenant's: `mapped` refuses their users until an operator says whose they are, `automatic` makes a tenant for each. The first organisation is the configured tenant's.",
  }),
  LOGHUNTER_GRAFANA_OPERATORS: optionalSetting(Subjects, {
    description:
      'Users of Grafana who run this installation with all its tenants: subjects of their identities, such as user:1, separated by commas.',
    whenUnset: 'nobody; `loghunter tenants` and API keys with the scope operate do it',
  }),
  LOGHUNTER_GRAFANA_LOKI_UID: optionalSetting(
    z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be the uid of a data source'),
    {
      description: 'Data source of Grafana that links in messages open in Explore.',
      whenUnset: "Explore's own default",
    }
  ),
  LOGHUNTER_GRAFANA_TOKEN: optionalSetting(SecretText, {
    description:
      'Token of a service account of Grafana with the role Editor: incidents are written as annotations, and annotations tagged deploy are read as deploys, of the configured tenant.',
    whenUnset: 'no annotations are written or read',
    isSecret: true,
  }),
  LOGHUNTER_WITHOUT_IDENTITY: optionalSetting(
    z.enum(['refuse', 'viewer', 'editor', 'admin'], 'must be refuse, viewer, editor or admin'),
    {
      description:
        'What requests may do that name nobody: those with the secret but without an identity, and, on a loopback address, those without a secret where none is set.',
      whenUnset:
        'refuse when LOGHUNTER_GRAFANA_URL is set, or when LOGHUNTER_HOST is not a loopback address and there is no secret; else viewer, and operator when there is no secret',
    }
  ),
  LOGHUNTER_LIMIT_USER: setting(wholeNumber(1, 1_000_000), {
    default: '100',
    unit: 'requests an hour',
    description:
      'For an API key that may read or write and has no limit of its own, and for what a user asks that is expensive, counted by its weight.',
  }),
  LOGHUNTER_LIMIT_ADMIN: setting(wholeNumber(1, 1_000_000), {
    default: '1000',
    unit: 'requests an hour',
    description: 'The same for administrators.',
  }),
  LOGHUNTER_LIMIT_PAGES: setting(wholeNumber(1, 100_000_000), {
    default: '36000',
    unit: 'requests an hour',
    description: "For a user's ordinary requests through Grafana: a page makes several of them, again and again.",
  }),
  LOGHUNTER_CORS_ORIGINS: optionalSetting(Origins, {
    description:
      'Origins whose pages may call the API with an API key, such as https://tools.example, separated by commas.',
    whenUnset: 'none',
  }),
  LOGHUNTER_SERVICE_LABELS: setting(NameList, {
    default: defaultServiceSettings.serviceLabels.join(','),
    description: 'Labels that may name the service of a stream; the first one present counts.',
  }),
  LOGHUNTER_NAMESPACE_LABELS: setting(NameList, {
    default: defaultServiceSettings.namespaceLabels.join(','),
    description: 'Labels that may name the namespace of a stream; the first one present counts.',
  }),
  LOGHUNTER_WATCHES: optionalSetting(Watches, {
    description:
      'Streams to read: one selector a line, or a JSON list of {"name", "selectors", "shards": {"count", "label"}, "read"}. No stream may match two selectors. Shards are read by several replicas, split by the last letter of the label. "read" is "all", "volume" (lines are counted and not read) or {"oneIn": 20} (a part of each minute is read and counts are scaled; pages say so).',
    whenUnset: 'every stream that Loki has, found by its labels',
  }),
  LOGHUNTER_SCAN_INTERVAL_MS: setting(wholeNumber(50, 600_000), {
    default: '15000',
    unit: 'milliseconds',
    description: 'Pause between two looks at the newest minutes. A minute that still grows is read again at each look.',
  }),
  LOGHUNTER_BACKFILL_HOURS: setting(wholeNumber(0, 744), {
    default: '6',
    unit: 'hours',
    description: 'How far back the first read begins.',
  }),
  LOGHUNTER_LATENESS_SECONDS: setting(wholeNumber(10, 3600), {
    default: '60',
    unit: 'seconds',
    description: 'A minute is taken as complete this long after its end. Later lines are found by comparing counts.',
  }),
  LOGHUNTER_RECONCILE_WINDOW_MINUTES: setting(wholeNumber(0, 1440), {
    default: '120',
    unit: 'minutes',
    description:
      'Complete minutes up to this age are compared with Loki. Loki itself accepts lines up to an hour late.',
  }),
  LOGHUNTER_RECONCILE_INTERVAL_SECONDS: setting(wholeNumber(1, 3600), {
    default: '60',
    unit: 'seconds',
    description: 'Pause between two comparisons.',
  }),
  LOGHUNTER_SCAN_PARALLEL_WINDOWS: setting(wholeNumber(1, 8), {
    default: '3',
    unit: 'windows',
    description: 'Stretches of time that a scanner which catches up reads from the log store at the same time.',
  }),
  LOGHUNTER_LEASE_SECONDS: setting(wholeNumber(2, 3600), {
    default: '10',
    unit: 'seconds',
    description:
      'A process that ended without a word gives its streams to the other replicas after this and a third of it more, and the looking for anomalies after two intervals of that.',
  }),
  LOGHUNTER_DETECTION_INTERVAL_SECONDS: setting(wholeNumber(0, 3600), {
    default: '60',
    unit: 'seconds',
    description: 'Pause between two looks for anomalies in what was counted; 0 looks for none.',
  }),
  LOGHUNTER_DETECTION_SENSITIVITY: setting(wholeNumber(1, 5), {
    default: '3',
    description: 'How much is told of: 1 only what is beyond all doubt, 5 also what may be chance.',
  }),
  LOGHUNTER_HISTORY_DAYS: setting(wholeNumber(0, 28), {
    default: '14',
    unit: 'days',
    description:
      'How far back Loki is asked for the number of lines of each service by minute, once and within the budget of background work, so that what is usual is known soon after the first start; 0 asks for nothing.',
  }),
  LOGHUNTER_TIME_ZONE: setting(TimeZoneName, {
    default: 'UTC',
    description:
      'Time zone, such as Europe/Berlin, whose hours and days the services go by: what is usual is learned for each hour of its week.',
  }),
  LOGHUNTER_RETENTION_DAYS: setting(wholeNumber(1, 3650), {
    default: '90',
    unit: 'days',
    description:
      'Counts older than this are deleted, at most six days later, because they go by whole weeks where nobody keeps them longer; clusters stay.',
  }),
  LOGHUNTER_AUTO_RESOLVE_DAYS: setting(wholeNumber(0, 3650), {
    default: '0',
    unit: 'days',
    description: 'Open clusters without lines for this long are resolved; 0: never.',
  }),
  LOGHUNTER_WORK_HISTORY_DAYS: setting(wholeNumber(30, 3650), {
    default: '365',
    unit: 'days',
    description: 'What happened to clusters longer ago is deleted, but never the newest thing that happened to one.',
  }),
  LOGHUNTER_AUDIT_RETENTION_DAYS: setting(wholeNumber(30, 3650), {
    default: '365',
    unit: 'days',
    description: 'Entries of the audit log older than this are deleted; the hashes that join the rest stay.',
  }),
  LOGHUNTER_AUTOMATIC_ANALYSES: setting(Flag, {
    default: 'true',
    description:
      'Look for the root cause of every incident that is HIGH or CRITICAL some minutes after it began, within the budget of background work.',
  }),
  LOGHUNTER_AUTOMATIC_INVESTIGATIONS: setting(Flag, {
    default: 'true',
    description:
      'Open an investigation of every such incident, once, with its analysis attached; without LOGHUNTER_AUTOMATIC_ANALYSES it does nothing.',
  }),
  LOGHUNTER_JOB_CONCURRENCY: setting(wholeNumber(1, 100), {
    default: '4',
    unit: 'jobs',
    description: 'Jobs that one process runs at the same time.',
  }),
  LOGHUNTER_WEBHOOK_KEY: optionalSetting(SharedSecret, {
    description: 'The secrets of webhooks are made of this; another one makes them all invalid.',
    whenUnset: 'there are no webhooks',
    isSecret: true,
  }),
  LOGHUNTER_PUBLIC_URL: optionalSetting(HttpAddress, {
    description:
      "Where people's browsers reach this server, such as https://loghunter.example. Messages hold signed buttons that lead there.",
    whenUnset: 'messages hold links to Grafana only',
  }),
  LOGHUNTER_SMTP_URL: optionalSetting(MailServer, {
    description:
      'Mail server that notifications go over, such as smtp://user:password@mail.example:587, or smtps:// for TLS from the first byte. smtp:// is encrypted by STARTTLS before anything is said; ?starttls=never switches that off for a server on this machine.',
    whenUnset: 'channels cannot be mail',
    isSecret: true,
  }),
  LOGHUNTER_MAIL_FROM: optionalSetting(z.string().regex(/^[^\r\n]{3,320}$/, 'must be one line'), {
    description: 'Sender of mails, such as LogHunter <loghunter@example.com>.',
  }),
  LOGHUNTER_NOTICE_RETRY_HOURS: setting(wholeNumber(0, 72), {
    default: '6',
    unit: 'hours',
    description:
      'For how long a message that a receiver does not take is tried again: the schedule of Standard Webhooks, ended there.',
  }),
  LOGHUNTER_ALERT_SECRET: optionalSetting(SharedSecret, {
    description:
      "Shared with Grafana's contact point: its alerts open or join incidents of the configured tenant. The contact point signs with it and sends its time along.",
    whenUnset: 'no alerts are taken',
    isSecret: true,
  }),
  LOGHUNTER_OUTBOUND_HOSTS: optionalSetting(HostList, {
    description:
      'Hosts that webhooks may reach over http and at private addresses, such as hooks.internal:8080, separated by commas.',
    whenUnset: 'https at addresses of the public internet only',
  }),
  ...signalEnvironment,
  ...modelEnvironment,
  LOGHUNTER_LOG_LEVEL: setting(
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent'
    ),
    {
      default: 'info',
      description: "Least severe of the server's own log lines.",
    }
  ),
  LOGHUNTER_LOG_FORMAT: setting(z.enum(['json', 'text'], 'must be json or text'), {
    default: 'json',
    description: "Form of the server's own log lines.",
  }),
});

/** The parsed environment. */
export type Environment = z.infer<typeof Environment>;

/** Name of a setting. */
export type SettingName = keyof typeof Environment.shape;
