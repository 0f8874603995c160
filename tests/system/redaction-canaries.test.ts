// Secrets in Loki's lines must be nowhere else: not in the database, its dump or its files, not in the server's own log, not in
// any answer but "lines of this cluster", which reads Loki for a person who may see it.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { createLogger } from '../../bff/logger.ts';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { GetClusterResponse, ListClusterLinesResponse, ListClustersResponse } from '@loghunter/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPrivateLines, privateLineKinds, type PrivateLine } from '../../engine/testing/private-lines.ts';
import { createSeededRandom } from '../../engine/testing/seeded-random.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';

// Shorter values stand in any dump by chance: a code of three digits, a user's name.
const shortestCanary = 8;
const canaryCount = 50;
const ownSecret = 'Zebrafinch Holdings';
const laterSecret = 'Quokka Brothers';

function createCanaries(): readonly PrivateLine[] {
  const lines = createPrivateLines(privateLineKinds.size, createSeededRandom(4242));
  return lines.filter(({ value }) => value.length >= shortestCanary).slice(0, canaryCount);
}

/** Ways in which a value may be written into a dump or an answer. */
function formsOf(value: string): readonly string[] {
  const pieces = value.split(/\n|\\n/).filter((piece) => piece.length >= shortestCanary);
  return pieces.flatMap((piece) => [piece, piece.replaceAll('\\', '\\\\'), JSON.stringify(piece).slice(1, -1)]);
}

function findLeaks(text: string, values: readonly string[]): readonly string[] {
  return values.filter((value) => formsOf(value).some((form) => text.includes(form)));
}

interface Installation {
  readonly server: RunningServer;
  readonly log: string[];
}

async function startInstallation(environment: Record<string, string>): Promise<Installation> {
  const config = parseConfig({
    LOGHUNTER_PORT: '0',
    LOGHUNTER_BACKFILL_HOURS: '1',
    LOGHUNTER_SCAN_INTERVAL_MS: '1000',
    LOGHUNTER_LOG_LEVEL: 'trace',
    ...environment,
  });
  const log: string[] = [];
  return { server: await startServer(config, { logger: createLogger(config, (line) => log.push(line)) }), log };
}

async function request(server: RunningServer, path: string, body?: unknown): Promise<string> {
  const response = await fetch(`${server.url}${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(`${response.status} ${text.slice(0, 300)}`).toMatch(/^20[01] /);
  return text;
}

async function listClusters(server: RunningServer): Promise<ListClustersResponse> {
  return JSON.parse(await request(server, '/api/v1/clusters?limit=200')) as ListClustersResponse;
}

async function waitForLines(server: RunningServer, lineCount: number): Promise<ListClustersResponse> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const found = await listClusters(server);
    if (found.totalLineCount >= lineCount) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the scanner did not count the lines in a minute');
}

/** Answers of all routes that answer to everybody's GET, but the one that reads Loki's lines. */
async function readAnswers(server: RunningServer, clusters: ListClustersResponse): Promise<string> {
  const answers = [
    JSON.stringify(clusters),
    await request(server, '/metrics'),
    await request(server, '/api/v1/health'),
  ];
  answers.push(await request(server, '/api/v1/services'), await request(server, '/api/v1/labels'));
  answers.push(await request(server, '/api/v1/labels/app/values'), await request(server, '/api/v1/redaction/rules'));
  for (const { id } of clusters.clusters) {
    for (const path of ['', '/counts', '/labels']) {
      answers.push(await request(server, `/api/v1/clusters/${id}${path}`));
    }
  }
  return answers.join('\n');
}

describe.skipIf(!hasLoki() || !hasPostgres())('canary secrets in the lines of a real Loki', () => {
  const canaries = createCanaries();
  const values = [...canaries.map(({ value }) => value), ownSecret, laterSecret];
  const lineCount = canaries.length + 2;
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-canaries-'));
    [loki, postgres] = await Promise.all([startLoki(), startPostgres()]);
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    const atNs = BigInt(Date.now() - 240_000) * 1_000_000n;
    const texts = [
      ...canaries.map(({ text }) => text),
      `customer ${ownSecret} was invoiced`,
      `customer ${laterSecret} was invoiced`,
    ];
    await store.push(
      texts.map((line, n) => ({
        labels: { app: `canary-${n % 5}` },
        entries: [{ timestampNs: atNs + BigInt(n) * 1_000_000n, line, metadata: {} }],
      })),
      new AbortController().signal
    );
  }, 300_000);

  afterAll(async () => {
    await loki.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('there are 50 of different kinds', () => {
    expect(new Set(canaries.map(({ kind }) => kind)).size).toBe(canaryCount);
  });

  test.each(['postgres', 'pglite'] as const)(
    'are nowhere but in Loki, with %s',
    { timeout: 240_000 },
    async (database) => {
      const { server, log } = await startInstallation({
        LOGHUNTER_LOKI_URL: loki.url,
        LOGHUNTER_DATA_DIRECTORY: join(folder, database),
        ...(database === 'postgres' ? { LOGHUNTER_DATABASE_URL: postgres.url } : {}),
      });
      try {
        // Before anything is scanned: its pattern is not the secret.
        await request(server, '/api/v1/redaction/rules', {
          name: 'firm',
          form: 'expression',
          pattern: 'Zebra[a-z]+ Hold[a-z]+',
        });
        const clusters = await waitForLines(server, lineCount);
        // After the scan: what is stored already is rewritten.
        const later = { name: 'brothers', form: 'expression', pattern: 'Quok[a-z]+ Bro[a-z]+' };
        expect(JSON.parse(await request(server, '/api/v1/redaction/rules', later))).toMatchObject({
          rewrittenTextCount: 2,
        });
        expect(findLeaks(await readAnswers(server, await listClusters(server)), values)).toEqual([]);
        await expectLinesToShowThem(server, clusters);
        if (database === 'postgres') {
          const dump = await postgres.dump(postgres.url);
          expect(dump).toContain('was invoiced');
          expect(findLeaks(dump, values)).toEqual([]);
        }
      } finally {
        await server.stop();
      }
      expect(log.length).toBeGreaterThan(1);
      expect(findLeaks(log.join(''), values)).toEqual([]);
      if (database === 'pglite') {
        const files = await readFiles(join(folder, database));
        expect(files.some((file) => file.includes('was invoiced'))).toBe(true);
        // What a rule of a later day took out is gone from the rows, but stays in the embedded database's log for a while.
        const stored = values.filter((value) => value !== laterSecret);
        const leaks = stored.filter((value) =>
          formsOf(value).some((form) => files.some((file) => file.includes(form)))
        );
        expect(leaks).toEqual([]);
      }
    }
  );

  /** "Lines of this cluster" is Loki's own text, as whoever may read Loki sees it there. */
  async function expectLinesToShowThem(server: RunningServer, clusters: ListClustersResponse): Promise<void> {
    const shown: string[] = [];
    for (const { id } of clusters.clusters) {
      const answer = JSON.parse(
        await request(server, `/api/v1/clusters/${id}/lines?limit=100`)
      ) as ListClusterLinesResponse;
      shown.push(...answer.lines.map(({ text }) => text));
      const { cluster } = JSON.parse(await request(server, `/api/v1/clusters/${id}`)) as GetClusterResponse;
      expect(cluster.id).toBe(id);
    }
    const texts = shown.join('\n');
    const missing = canaries.filter(({ value }) => !value.split(/\n|\\n/).some((piece) => texts.includes(piece)));
    expect(missing.map(({ kind }) => kind)).toEqual([]);
  }

  async function readFiles(directory: string): Promise<readonly Buffer[]> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(paths.map((path) => readFile(path)));
  }
});
