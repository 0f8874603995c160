import { parseConfig, type Config } from '@loghunter/bff/config';

const minuteMs = 60_000;

/** The server's configuration for a demo whose oldest line is `ageMs` old by the server's clock. */
export function demoConfig(directory: string, secret: string, ageMs: number): Config {
  const config = parseConfig({
    LOGHUNTER_HOST: '127.0.0.1',
    LOGHUNTER_PORT: '0',
    LOGHUNTER_DATA_DIRECTORY: directory,
    LOGHUNTER_GRAFANA_SECRET: secret,
    LOGHUNTER_MIGRATE_AT_START: 'true',
    LOGHUNTER_SCAN_INTERVAL_MS: '2000',
    LOGHUNTER_LOG_LEVEL: 'warn',
    LOGHUNTER_LOG_FORMAT: 'text',
  });
  // Files may be older than any setting allows for.
  return {
    ...config,
    scan: { ...config.scan, backfillMs: Math.ceil(ageMs / minuteMs + 1) * minuteMs },
    retentionMs: Math.max(config.retentionMs, ageMs * 2),
  };
}
