import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ResponseOf } from '@loghunter/contracts';
import { runLoghunter, startLoghunter } from './loghunter-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-demo-'));
const isPluginBuilt = existsSync(resolve(import.meta.dirname, '../../dist/module.js'));
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stderr: () => string;
}

async function start(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {}
): Promise<Started> {
  const child = startLoghunter(parameters, environment);
  running.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  while (!stdout.includes('\n')) {
    expect(child.exitCode, stderr).toBeNull();
    await sleep(50);
  }
  return { child, url: stdout.trim(), stderr: () => stderr };
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  await once(child, 'close');
  return child.exitCode;
}

async function listClusters(pageUrl: string, query: string): Promise<ResponseOf<'listClusters'>> {
  const answer = await fetch(new URL(`/api/plugin-proxy/loghunter-app/bff/api/v1/clusters?${query}`, pageUrl));
  expect(answer.status).toBe(200);
  return (await answer.json()) as ResponseOf<'listClusters'>;
}

async function occupyPort(): Promise<{ port: number; free: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, free: () => once(server.close(), 'close') };
}

describe.skipIf(!isPluginBuilt && process.env['CI'] !== 'true')('loghunter demo', () => {
  const data = join(directory, 'demo');

  it('shows the incident of the shop and stops at the first signal', async () => {
    const { child, url, stderr } = await start(['demo', '--no-open', '--port', '0', '--data', data]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a\/loghunter-app\/clusters\?from=now-6h&to=now$/);
    expect(await (await fetch(url)).text()).toContain('<html');

    const nowMs = Date.now();
    const { clusters, coverage } = await listClusters(
      url,
      `from=${nowMs - 6 * 3_600_000}&limit=200&sort=firstSeen&order=asc`
    );
    expect(coverage.lineCount).toBeGreaterThan(120_000);
    const find = (service: string, text: string) =>
      clusters.find((cluster) => cluster.service === service && cluster.templateText.includes(text));
    const incident = [
      find('payments', 'pool exhausted'),
      find('checkout', 'PaymentUnavailableException'),
      find('storefront', 'upstream checkout failed'),
    ];
    expect(incident.map((cluster) => [cluster?.level, cluster?.isNew])).toEqual(Array(3).fill(['error', true]));
    const firstSeen = incident.map((cluster) => cluster?.firstSeen ?? '');
    expect(firstSeen).toEqual([...firstSeen].sort());
    expect(stderr()).toContain('payments 2.15.0');

    expect(await stop(child)).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('counts live lines soon after they were written', async () => {
    const { child, url } = await start(['demo', '--no-open', '--port', '0', '--data', data]);
    const fromMs = Date.now();
    const endMs = fromMs + 90_000;
    let lineCount = 0;
    while (lineCount === 0 && Date.now() < endMs) {
      await sleep(1000);
      // The newest whole minute: nothing of it was there when the demo began.
      const minuteMs = Math.ceil(fromMs / 60_000) * 60_000;
      lineCount =
        Date.now() < minuteMs + 2000
          ? 0
          : (await listClusters(url, `from=${minuteMs}&to=${minuteMs + 60_000}`)).totalLineCount;
    }
    expect(lineCount).toBeGreaterThan(0);
    expect(await stop(child)).toBe(0);
  });

  it("shows the user's own files over their own range, on the next free port", async () => {
    const path = join(directory, 'app.log');
    const lines = Array.from({ length: 2000 }, (_, index) => {
      const time = new Date(Date.UTC(2026, 2, 5, 10) + index * 1000).toISOString();
      return `${time} ${index % 4 === 0 ? 'ERROR request failed' : 'INFO request served'}, number ${index}\n`;
    });
    writeFileSync(path, lines.join(''));
    const busy = await occupyPort();
    try {
      const { child, url } = await start([
        'demo',
        '--no-open',
        '--port',
        String(busy.port),
        '--data',
        data,
        '--logs',
        path,
      ]);
      const { searchParams, port } = new URL(url);
      expect(Number(port)).toBeGreaterThan(busy.port);
      expect(searchParams.get('from')).toBe(String(Date.UTC(2026, 2, 5, 10)));
      const { clusters, totalLineCount } = await listClusters(url, searchParams.toString());
      expect(totalLineCount).toBe(2000);
      expect(clusters.map(({ service, level, lineCount }) => [service, level, lineCount]).sort()).toEqual([
        ['app', 'error', 500],
        ['app', 'info', 1500],
      ]);
      expect(await stop(child)).toBe(0);
    } finally {
      await busy.free();
    }
  });

  it.each([
    ['a missing file', ['--logs', join(directory, 'absent.log')], 3, 'no such file'],
    ['a folder of somebody else', ['--data', resolve(import.meta.dirname)], 2, 'holds files that no demo made'],
    ['a bad port', ['--port', '70000'], 2, 'Expected a port'],
  ])('answers %s in one line', async (_name, parameters, expectedCode, text) => {
    const { exitCode, stdout, stderr } = await runLoghunter([
      'demo',
      '--no-open',
      '--data',
      join(directory, 'other'),
      ...parameters,
    ]);
    expect(exitCode).toBe(expectedCode);
    expect(stdout).toBe('');
    expect(stderr).toContain(text);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('loghunter serve', () => {
  const environment = {
    LOGHUNTER_DATA_DIRECTORY: join(directory, 'serve'),
    LOGHUNTER_PORT: '0',
    LOGHUNTER_LOG_LEVEL: 'error',
  };

  it('prints its address, answers, and stops at a signal', async () => {
    const { child, url } = await start(['serve'], environment);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await stop(child)).toBe(0);
  });

  it('names every problem of its configuration', async () => {
    const { exitCode, stderr } = await runLoghunter(['serve'], '', {
      LOGHUNTER_PORT: 'x',
      LOGHUNTER_LOKI_URL: 'loki',
      LOGHUNTER_TYPO: '1',
    });
    expect(exitCode).toBe(78);
    expect(stderr).toMatch(/LOGHUNTER_PORT[^]*LOGHUNTER_LOKI_URL|LOGHUNTER_TYPO/);
  });

  it('says in one line that its port is taken', async () => {
    const busy = await occupyPort();
    try {
      const { exitCode, stderr } = await runLoghunter(['serve'], '', {
        ...environment,
        LOGHUNTER_PORT: String(busy.port),
      });
      expect(exitCode).toBe(3);
      expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(String(busy.port))]);
    } finally {
      await busy.free();
    }
  });
});

describe('loghunter migrate', () => {
  it('brings the schema up, shows it, and brings it down', async () => {
    const environment = { LOGHUNTER_DATA_DIRECTORY: join(directory, 'migrate') };
    const run = (...parameters: string[]) => runLoghunter(['migrate', ...parameters], '', environment);
    expect((await run('status')).exitCode).toBe(1);
    const up = await run('up');
    expect(up).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d{14}_\w+\n/) });
    const applied = up.stdout.trim().split('\n').length;
    expect(await run('up')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await run('status')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^applied\t/) });
    expect((await run('down', '--count', String(applied))).stdout.trim().split('\n')).toHaveLength(applied);
    expect((await run('status')).exitCode).toBe(1);
  });

  it('says in one line that Postgres cannot be reached', async () => {
    const { exitCode, stderr } = await runLoghunter(['migrate', 'status'], '', {
      LOGHUNTER_DATABASE_URL: 'postgres://nobody:geheim@127.0.0.1:9/none',
    });
    expect(exitCode).toBe(3);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('geheim');
  });
});
