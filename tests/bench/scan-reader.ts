// One way of reading a range of Loki, started by scan-speed.bench.ts: `bare` pages through it and counts, `scanner` clusters and stores it.
import { Agent, request } from 'node:http';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { createManualClock } from '@loghunter/ports/testing';
import pino from 'pino';
import { openDatabase } from '../../bff/composition.ts';
import { parseConfig } from '../../bff/config.ts';
import { createEventIdentifier } from '../../bff/events/identify-event.ts';
import { createTenantRules } from '../../bff/events/tenant-rules.ts';
import { createMetrics } from '../../bff/health/metrics.ts';
import { createStoredTextRedaction } from '../../bff/redaction/stored-text-redaction.ts';
import { createScanner } from '../../bff/scanner/scanner.ts';

const selector = '{namespace="shop"}';
const pageLimit = 5000;
// Past the lateness allowance: the whole range is complete.
const settleMs = 180_000;

const [way, lokiUrl = '', databaseUrl = '', from = '', to = ''] = process.argv.slice(2);
const fromMs = Number(from);
const toMs = Number(to);

/** What a simple client does: a page, its lines, the next page from the last time on. */
async function readBare(): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  let startNs = BigInt(fromMs) * 1_000_000n;
  for (;;) {
    const url = new URL('/loki/api/v1/query_range', lokiUrl);
    const parameters = { query: selector, start: String(startNs), end: String(BigInt(toMs) * 1_000_000n) };
    for (const [name, value] of Object.entries({ ...parameters, limit: String(pageLimit), direction: 'forward' })) {
      url.searchParams.set(name, value);
    }
    const page: { data: { result: ReadonlyArray<{ values: ReadonlyArray<readonly [string, string]> }> } } = JSON.parse(
      await fetchText(url, agent)
    );
    let pageCount = 0;
    for (const { values } of page.data.result) {
      pageCount += values.length;
      for (const [time] of values) {
        const timeNs = BigInt(time);
        if (timeNs >= startNs) {
          startNs = timeNs + 1n;
        }
      }
    }
    count += pageCount;
    if (pageCount < pageLimit) {
      agent.destroy();
      return count;
    }
  }
}

function fetchText(url: URL, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'accept-encoding': 'identity' } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve(Buffer.concat(pieces).toString()));
    })
      .on('error', reject)
      .end();
  });
}

async function readWithScanner(): Promise<{ readonly seconds: number; readonly lineCount: number }> {
  const config = parseConfig({ LOGHUNTER_DATABASE_URL: databaseUrl, LOGHUNTER_LOKI_URL: lokiUrl });
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: null });
  await database.migrate();
  const clock = createManualClock(toMs + settleMs);
  const { id: tenantId } = await database.ledger.ensureTenant('default', null);
  const metrics = createMetrics({ scannerLagSeconds: () => 0 });
  const scanner = await createScanner({
    ...{ tenantId, clock, ledger: database.ledger, services: config.services, observer: metrics },
    logs: createLokiLogStore({ url: lokiUrl, timeoutMs: 60_000 }),
    identifier: createEventIdentifier({
      tenantId,
      services: config.services,
      rules: createTenantRules({ tenantId, rules: database.clusterRules, clock }),
    }),
    redaction: createStoredTextRedaction({ tenantId, store: database.redaction, observer: metrics }),
    settings: {
      ...config.scan,
      backfillMs: toMs - fromMs + settleMs + 60_000,
      // Comparing old minutes is other work than reading them.
      reconcileWindowMs: 0,
      watches: [{ name: 'all', selectors: [selector] }],
    },
    logger: pino({ level: 'silent' }),
    holder: 'bench',
  });
  const beganAt = performance.now();
  await scanner.scanOnce();
  const seconds = (performance.now() - beganAt) / 1000;
  const { rows } = await countLines(database, tenantId);
  await scanner.stop();
  await database.database.close();
  return { seconds, lineCount: rows };
}

async function countLines(database: Awaited<ReturnType<typeof openDatabase>>, tenantId: string) {
  const rows = await database.database.withTenant(tenantId, (session) =>
    session.query<{ count: string }>('select sum(line_count)::text as count from stream_minutes where tenant_id = $1', [
      tenantId,
    ])
  );
  return { rows: Number(rows[0]?.count ?? 0) };
}

const beganAt = performance.now();
const { seconds, lineCount } =
  way === 'bare'
    ? await readBare().then((count) => ({ lineCount: count, seconds: (performance.now() - beganAt) / 1000 }))
    : await readWithScanner();
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ lineCount, seconds: Number(seconds.toFixed(2)), peakMegabytes }));
