import { PortError, type LogStoreFacts } from '@loghunter/ports';
import type { LokiConnection } from './loki-connection.ts';

const probeRangeNs = 60_000_000_000n;

/**
 * What a Loki says of itself at `/loki/api/v1/drilldown-limits` (since 3.5, for the tenant of the call), and whether `index/volume` answers.
 * Throws `PortError` when Loki is away; what an older one does not say is null.
 */
export async function readFacts(connection: LokiConnection, signal: AbortSignal): Promise<LogStoreFacts> {
  const [limits, answersVolume] = await Promise.all([
    unlessRefused(connection({ path: '/loki/api/v1/drilldown-limits', needsTenant: true, signal })),
    unlessRefused(askVolume(connection, signal)).then((answer) => answer !== null),
  ]);
  const { limits: published, pattern_ingester_enabled: hasPatterns, version } = asRecord(limits);
  const {
    max_entries_limit_per_query: maxEntries,
    max_query_length: maxLength,
    retention_period: retention,
  } = asRecord(published);
  return {
    version: typeof version === 'string' && version !== '' && version !== 'unknown' ? version : null,
    answersVolume,
    maxEntriesPerQuery: typeof maxEntries === 'number' ? maxEntries : null,
    maxQueryRangeMs: durationMs(maxLength),
    retentionMs: durationMs(retention),
    mayHavePatterns: typeof hasPatterns === 'boolean' ? hasPatterns : null,
  };
}

function askVolume(connection: LokiConnection, signal: AbortSignal): Promise<unknown> {
  const toNs = BigInt(Date.now()) * 1_000_000n;
  return connection({
    path: '/loki/api/v1/index/volume',
    parameters: { query: '{service_name=~".+"}', start: String(toNs - probeRangeNs), end: String(toNs), limit: '1' },
    signal,
  });
}

/** Null for an address that this Loki does not have, or has switched off. */
async function unlessRefused(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (
      error instanceof PortError &&
      ['rejected', 'not-found', 'not-supported', 'invalid-answer'].includes(error.kind)
    ) {
      return null;
    }
    throw error;
  }
}

const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Prometheus' spelling of a duration, such as `30d1h`; 0 for "without limit". Null for anything else. */
function durationMs(text: unknown): number | null {
  if (typeof text !== 'string' || !/^(\d+(ms|[smhdwy]))+$|^0s?$/.test(text)) {
    return null;
  }
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitsMs[unit] ?? 0),
    0
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
