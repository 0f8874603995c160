// An incident in a real Loki, looked into over the API and from the shell; every quotation is checked against Loki itself.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { Analysis, Investigation, StartAnalysisResponse, VerifyLinesResponse } from '@loghunter/contracts';
import { routeSchemas } from '@loghunter/contracts/schemas';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateHealthyLines } from '../corpora/incidents/incident-cases.ts';
import { applyFault } from '../corpora/incidents/fault.ts';
import { scenarios } from '../corpora/incidents/scenarios.ts';
import { hasPrometheus, startPrometheus, type RunningPrometheus } from '../servers/prometheus.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { runLoghunter } from './loghunter-process.ts';

const minuteMs = 60_000;
/** Of the lines of one seed: a quarter of an hour before the incident, eight minutes of it. */
const baselineMs = 16 * minuteMs;
const lengthMs = 24 * minuteMs;
const secret = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';

describe.skipIf(!hasLoki() || !hasPrometheus())('root causes on a real Loki', () => {
  let loki: RunningLoki;
  let prometheus: RunningPrometheus;
  let server: RunningServer;
  let folder: string;
  let analysis: Analysis;
  /** Beginning of the lines, the end of which lies a minute back. */
  const startMs = Math.floor((Date.now() - lengthMs - minuteMs) / minuteMs) * minuteMs;
  const incidentMs = startMs + baselineMs;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-root-cause-'));
    loki = await startLoki();
    await pushIncident(loki.url);
    prometheus = await startPrometheus(loadOf('payments'));
    const config = parseConfig({
      LOGHUNTER_PORT: '0',
      LOGHUNTER_DATA_DIRECTORY: folder,
      LOGHUNTER_LOKI_URL: loki.url,
      LOGHUNTER_BACKFILL_HOURS: '1',
      LOGHUNTER_METRICS_URL: prometheus.url,
      LOGHUNTER_METRICS_LOAD_QUERY: 'sum by (job) (load)',
      // Nobody answers there.
      LOGHUNTER_TRACES_URL: 'http://127.0.0.1:9',
    });
    server = await startServer(config, { logger: pino({ level: 'silent' }) });
    analysis = await analyse({ subject: { kind: 'service', service: 'storefront' }, ...windows });
  }, 240_000);

  afterAll(async () => {
    await server?.stop();
    await prometheus?.stop();
    await loki?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A tenth of a processor, and nearly all of it in the incident. */
  function loadOf(job: string): string {
    const minutes = Array.from({ length: lengthMs / minuteMs }, (_, n) => startMs + n * minuteMs);
    const rows = minutes.map(
      (at) => `load{job="${job}"} ${at >= incidentMs ? 97 : 10 + ((at / minuteMs) % 3)} ${at / 1000}`
    );
    return `# TYPE load gauge\n${rows.join('\n')}\n# EOF\n`;
  }

  async function pushIncident(url: string): Promise<void> {
    const healthy = generateHealthyLines(23);
    const [scenario] = scenarios;
    const firstMs = Math.floor(Number((healthy[0]?.atNs ?? 0n) / 1_000_000n) / minuteMs) * minuteMs;
    const shiftNs = BigInt(startMs - firstMs) * 1_000_000n;
    const lines = scenario === undefined ? healthy : applyFault(healthy, scenario, firstMs + baselineMs + minuteMs, 23);
    const store = createLokiLogStore({ url, timeoutMs: 30_000 });
    const streams = Map.groupBy(lines, ({ labels }) => JSON.stringify(labels));
    for (const own of streams.values()) {
      const [first] = own;
      const entries = own.map(({ atNs, text }) => ({
        timestampNs: atNs + shiftNs,
        line: text.replace('panic recovered:', `panic recovered: token=${secret}`),
        metadata: {},
      }));
      await store.push([{ labels: first?.labels ?? {}, entries }], AbortSignal.timeout(30_000));
    }
  }

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      // A connection that is kept may be closed just when it is used again, because server and test share a busy process.
      headers: { Connection: 'close', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(`${response.status} ${text.slice(0, 300)}`).toMatch(/^20[012] /);
    return JSON.parse(text) as T;
  }

  async function analyse(body: object): Promise<Analysis> {
    const { analysis: begun } = await call<StartAnalysisResponse>('POST', '/analyses', body);
    for (let attempt = 0; attempt < 240; attempt += 1) {
      const found = await call<Analysis>('GET', `/analyses/${begun.id}`);
      if (found.status !== 'queued' && found.status !== 'running') {
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new TypeError('the analysis did not end in a minute');
  }

  const windows = {
    incident: { from: String(incidentMs), to: String(startMs + lengthMs) },
    baseline: { from: String(startMs), to: String(incidentMs) },
  };

  test('the service at fault is found, every quoted line is verified by hash, and a falsified one is refuted', async () => {
    expect(analysis).toMatchObject({ status: 'succeeded', failure: null, suspect: 'payments' });
    expect(routeSchemas.getAnalysis.response.safeParse(analysis).error).toBeUndefined();
    const { pack } = analysis;
    expect(pack?.deploys.map(({ service, isSuspect }) => [service, isSuspect])).toEqual([['payments', true]]);
    expect(pack?.windows.incident).toMatchObject({ isComplete: true, readShare: 1 });
    const references = (pack?.lines ?? []).map(({ labels, timestampNs, hash, text }) => ({
      ...{ labels, timestampNs, hash, text },
    }));
    expect(references.length).toBeGreaterThan(5);
    const { lines } = await call<VerifyLinesResponse>('POST', '/lines/verify', { lines: references });
    expect(lines.filter(({ state }) => state !== 'verified')).toEqual([]);
    const [first] = references;
    const falsified = [
      { ...first, text: 'all is well' },
      { ...first, hash: `${first?.hash.slice(0, -1)}${first?.hash.endsWith('0') === true ? '1' : '0'}` },
      { ...first, timestampNs: String(BigInt(first?.timestampNs ?? 0) - 86_400_000_000_000n) },
    ];
    const checked = await call<VerifyLinesResponse>('POST', '/lines/verify', { lines: falsified });
    expect(checked.lines.map(({ state }) => state)).toEqual(['refuted', 'refuted', 'unverified']);
  });

  test('metrics of a real Prometheus are a finding with their PromQL, and a store of traces that is away is told', () => {
    const load = analysis.pack?.findings.find(({ kind }) => kind === 'high-load');
    expect(load).toMatchObject({ service: 'payments', metricQuery: 'sum by (job) (load)' });
    expect(analysis.pack?.notLookedAt.find(({ what }) => what === 'Traces')?.why).toContain(
      'Tempo at http://127.0.0.1:9 cannot be reached'
    );
  });

  test('no secret of the lines is in what is kept', () => {
    expect(analysis.pack?.lines.some(({ text }) => text.includes('panic recovered'))).toBe(true);
    expect(JSON.stringify(analysis)).not.toContain(secret);
  });

  test('an investigation keeps a quoted line, and the analysis, in its export', async () => {
    const { id } = await call<Investigation>('POST', '/investigations', {
      title: 'Payments fail',
      analysisId: analysis.id,
    });
    const { labels = {}, timestampNs, hash } = analysis.pack?.lines[0] ?? {};
    await call('POST', `/investigations/${id}/lines`, { labels, timestampNs, hash });
    const { markdown } = await call<{ markdown: string }>('GET', `/investigations/${id}/export`);
    expect(markdown).toContain('Suspect: payments');
    expect(markdown).toContain(hash);
  });

  test('the shell asks the server and writes the same text', async () => {
    const since = new Date(incidentMs).toISOString();
    const parameters = ['analyze', '--service', 'checkout', '--since', since, '--server', server.url, '--explain'];
    const { exitCode, stdout, stderr } = await runLoghunter(parameters);
    // What it rests on, and nothing that went wrong.
    expect([exitCode, stderr.trim()]).toEqual([
      0,
      expect.stringMatching(
        /^[^\n]*(rests on (all|\d+) of \d+ lines|no lines are known in this range|no logs have been read yet)[^\n]*$/
      ),
    ]);
    expect(stdout).toContain('# Root cause of service checkout');
    expect(stdout).toContain('Suspect: payments');
    // No model is set up here.
    expect(stdout).toContain('## In fixed sentences');
    // Each of them, by its hash, in Loki itself.
    expect(stdout).toMatch(/Quoted lines read again from the log store: (\d+) of \1 verified/);
    const wrong = await runLoghunter(['analyze', '--service', 'checkout', '--server', 'http://127.0.0.1:9']);
    expect([wrong.exitCode, wrong.stderr]).toEqual([3, expect.stringContaining('no server answers')]);
  });
});
