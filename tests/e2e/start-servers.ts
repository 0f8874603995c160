// Runs what the browser specs look at: the demo's shop in an embedded store, the server on it, the preview in front.
// Prints one line of JSON with the addresses when all of it can be used; ends when its standard input is closed.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import { generateShop } from '@loghunter/cli/demo';
import { createClient, type Client } from '@loghunter/contracts';
import { buildPreview, createPreviewServer } from '@loghunter/preview';

const hourMs = 3_600_000;

/** Two hours: the incident lies in the last one, and filling takes seconds. */
const durationMs = 2 * hourMs;
const seed = 7;
const maxSizeBytes = 512 * 1024 * 1024;
const root = join(import.meta.dirname, '..', '..');

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'loghunter-e2e-'));
  const secret = randomBytes(24).toString('base64url');
  const alertSecret = randomBytes(24).toString('base64url');
  const endMs = Math.floor(Date.now() / 1000) * 1000;
  // Filled before the server starts: what comes after it began to read would count as late.
  const logs = await createEmbeddedLogStore({ directory: join(directory, 'logs'), maxSizeBytes });
  for (const streams of generateShop({ seed, endMs, durationMs })) {
    await logs.push(streams, AbortSignal.timeout(60_000));
  }
  await logs.close();
  await buildPreview();
  // First the preview: it has the keys that users' identities are checked with.
  const preview = await createPreviewServer({ distDirectory: join(root, 'dist'), serverSecret: secret });
  const url = await preview.listen(0);
  const config = parseConfig({
    LOGHUNTER_HOST: '127.0.0.1',
    LOGHUNTER_PORT: '0',
    LOGHUNTER_DATA_DIRECTORY: directory,
    LOGHUNTER_GRAFANA_SECRET: secret,
    LOGHUNTER_GRAFANA_URL: url,
    LOGHUNTER_GRAFANA_OPERATORS: 'user:1',
    LOGHUNTER_WITHOUT_IDENTITY: 'viewer',
    // Channels can be made; at the one address that may be called nobody listens.
    LOGHUNTER_WEBHOOK_KEY: randomBytes(24).toString('base64url'),
    LOGHUNTER_OUTBOUND_HOSTS: '127.0.0.1:9',
    LOGHUNTER_ALERT_SECRET: alertSecret,
    LOGHUNTER_MIGRATE_AT_START: 'true',
    LOGHUNTER_SCAN_INTERVAL_MS: '2000',
    LOGHUNTER_LOG_LEVEL: 'error',
  });
  const server = await startServer(config);
  preview.connect(server.url);
  await waitUntilRead(serverClient(server.url, secret), endMs);
  process.stdout.write(`${JSON.stringify({ url, serverUrl: server.url, serverSecret: secret, alertSecret })}\n`);

  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('close', resolve));
  await preview.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

async function waitUntilRead(client: Client, endMs: number): Promise<void> {
  for (;;) {
    const answer = await client
      .listClusters({
        from: String(endMs - durationMs),
        to: String(endMs),
        service: [],
        namespace: [],
        level: [],
        limit: 1,
      })
      // On a busy machine the database may take too long for an answer.
      .catch(() => undefined);
    const readUpTo = answer?.coverage.readUpTo ?? null;
    if (readUpTo !== null && Date.parse(readUpTo) >= endMs - 60_000) {
      return;
    }
    await sleep(250);
  }
}

function serverClient(serverUrl: string, secret: string): Client {
  return createClient(async ({ method, path }) => {
    // A connection of its own for each call: reading keeps this process so busy that the server ends idle ones meanwhile.
    const headers = { authorization: `Bearer ${secret}`, connection: 'close' };
    const answer = await fetch(`${serverUrl}${path}`, { method, headers });
    return answer.ok ? answer.json() : Promise.reject(new TypeError(`The server answered ${answer.status}`));
  });
}

await run();
process.exit(0);
