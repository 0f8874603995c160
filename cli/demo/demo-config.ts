import { parseConfig, type Config } from '@loghunter/bff/config';

const minuteMs = 60_000;

/** Where a demo's things are, and how old its oldest line is by the server's clock. */
interface DemoFacts {
  readonly directory: string;
  readonly secret: string;
  /** The preview, which signs identities as Grafana does. */
  readonly grafanaUrl: string;
  readonly ageMs: number;
}

/** The server's configuration for a demo. */
export function demoConfig({ directory, secret, grafanaUrl, ageMs }: DemoFacts): Config {
  const config = parseConfig({
    LOGHUNTER_HOST: '127.0.0.1',
    LOGHUNTER_PORT: '0',
    LOGHUNTER_DATA_DIRECTORY: directory,
    LOGHUNTER_GRAFANA_SECRET: secret,
    LOGHUNTER_GRAFANA_URL: grafanaUrl,
    LOGHUNTER_GRAFANA_OPERATORS: 'user:1',
    // The demo itself marks deploys and asks how far the server has read.
    LOGHUNTER_WITHOUT_IDENTITY: 'editor',
    LOGHUNTER_DETECTION_INTERVAL_SECONDS: '10',
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
