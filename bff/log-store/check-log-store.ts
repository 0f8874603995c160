import type { CheckLogStoreResponse, LogStoreCheck } from '@loghunter/contracts';
import type { ServiceSettings } from '@loghunter/engine/records';
import { isPortError, type Clock, type LogStore, type LogStoreFacts } from '@loghunter/ports';

/** What checking the log store needs. */
export interface LogStoreFeature {
  readonly logs: LogStore;
  readonly logStore: CheckLogStoreResponse['kind'];
  readonly clock: Clock;
  readonly services: ServiceSettings;
}

/** Longest wait for the store: an administrator looks at the page that says what hangs. */
const limitMs = 10_000;
const hourNs = 3_600_000_000_000n;
/** Newest lines that are looked at for structured metadata. */
const sampleCount = 50;
/** Loki's own default; with less, busy minutes need more calls. */
const wantedEntries = 5000;
const dayMs = 86_400_000;
/** Reading back and comparing look at no more than this at once. */
const wantedRangeMs = 3_600_000;

/** Looks at what the log store has; what cannot be told is said so, and nothing fails. */
export async function checkLogStore(feature: LogStoreFeature): Promise<CheckLogStoreResponse> {
  const { logs, logStore: kind } = feature;
  const signal = AbortSignal.timeout(limitMs);
  try {
    await logs.ping(signal);
    const facts = (await logs.readFacts?.(signal)) ?? null;
    const checks = [
      check('connection', 'ok', ''),
      await checkServiceLabels(feature, signal),
      await checkMetadata(feature, signal),
      ...(facts === null ? [] : checkFacts(facts)),
    ];
    return { kind, version: facts?.version ?? null, checks };
  } catch (error) {
    const detail = isPortError(error) ? error.message : `No answer within ${limitMs / 1000} s`;
    return { kind, version: null, checks: [check('connection', 'unavailable', detail)] };
  }
}

function check(name: LogStoreCheck['name'], status: LogStoreCheck['status'], detail: string): LogStoreCheck {
  return { name, status, detail };
}

function lastHour({ clock }: LogStoreFeature): { readonly fromNs: bigint; readonly toNs: bigint } {
  const toNs = BigInt(clock.nowMs()) * 1_000_000n;
  return { fromNs: toNs - hourNs, toNs };
}

async function checkServiceLabels(feature: LogStoreFeature, signal: AbortSignal): Promise<LogStoreCheck> {
  const { serviceLabels } = feature.services;
  const names = await feature.logs.listLabelNames({ ...lastHour(feature), signal });
  if (names.length === 0) {
    return check('service-labels', 'degraded', 'No stream had lines within the last hour.');
  }
  const found = serviceLabels.filter((name) => names.includes(name));
  return found.length > 0
    ? check('service-labels', 'ok', `Services are told apart by ${found.join(', ')}.`)
    : check(
        'service-labels',
        'degraded',
        `No stream has one of the labels ${serviceLabels.slice(0, 4).join(', ')}, ...: all lines are of no service. Set LOGHUNTER_SERVICE_LABELS, or limits_config.discover_service_name in Loki.`
      );
}

async function checkMetadata(feature: LogStoreFeature, signal: AbortSignal): Promise<LogStoreCheck> {
  const name = feature.services.serviceLabels[0] ?? 'service_name';
  const request = { query: `{${name}=~".+"}`, ...lastHour(feature), limit: sampleCount, signal };
  const entries = await feature.logs.findEntries({ ...request, direction: 'newest-first' });
  const carrying = entries.filter(({ metadata }) => Object.keys(metadata).length > 0).length;
  if (entries.length === 0) {
    return check('structured-metadata', 'off', `No line of the last hour has the label ${name}.`);
  }
  return carrying > 0
    ? check('structured-metadata', 'ok', `${carrying} of the newest ${entries.length} lines carry it.`)
    : check(
        'structured-metadata',
        'off',
        `None of the newest ${entries.length} lines carries it. With it, traces join clusters: limits_config.allow_structured_metadata, and a collector that sends it.`
      );
}

function checkFacts(facts: LogStoreFacts): readonly LogStoreCheck[] {
  return [
    facts.answersVolume
      ? check('volume', 'ok', '')
      : check(
          'volume',
          'degraded',
          'What a query costs is estimated without lines that are minutes old. Set limits_config.volume_enabled: true.'
        ),
    checkPageSize(facts.maxEntriesPerQuery),
    checkRange(facts.maxQueryRangeMs),
    facts.retentionMs === null
      ? check('retention', 'off', 'Loki does not say how long it keeps lines.')
      : check(
          'retention',
          'ok',
          facts.retentionMs === 0 ? 'Lines are kept for good.' : `Lines are kept for ${facts.retentionMs / dayMs} days.`
        ),
    check(
      'patterns',
      'off',
      facts.mayHavePatterns === true
        ? 'Loki finds patterns too; LogHunter does not need them.'
        : 'Loki finds no patterns of its own; LogHunter does not need them.'
    ),
  ];
}

function checkPageSize(maxEntries: number | null): LogStoreCheck {
  if (maxEntries === null) {
    return check('page-size', 'off', 'Loki does not say how many lines it gives at once.');
  }
  return maxEntries === 0 || maxEntries >= wantedEntries
    ? check('page-size', 'ok', maxEntries === 0 ? '' : `${maxEntries} lines at once.`)
    : check(
        'page-size',
        'degraded',
        `${maxEntries} lines at once make reading slow. Set limits_config.max_entries_limit_per_query: ${wantedEntries}.`
      );
}

function checkRange(maxRangeMs: number | null): LogStoreCheck {
  if (maxRangeMs === null) {
    return check('query-length', 'off', 'Loki does not say how long a range may be asked for at once.');
  }
  return maxRangeMs === 0 || maxRangeMs >= wantedRangeMs
    ? check('query-length', 'ok', '')
    : check(
        'query-length',
        'degraded',
        'Loki answers for less than an hour at once: raise limits_config.max_query_length.'
      );
}
