// Starts a real Prometheus for a test, over values that the test gives.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from './free-port.ts';
import { ServerMissing } from './server-missing.ts';
import { startProcess, waitUntilReady } from './server-process.ts';

const programs = { server: '/usr/bin/prometheus', tool: '/usr/bin/promtool' };

/** A running Prometheus. */
export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** Whether the tests that need Prometheus can run here. With CI=true they must: then this is always true, and starting fails loudly. */
export function hasPrometheus(): boolean {
  return process.env.CI === 'true' || existsSync(programs.server);
}

/** Starts it with values in OpenMetrics' text format, each with its time in seconds. */
export async function startPrometheus(openMetrics: string): Promise<RunningPrometheus> {
  if (!existsSync(programs.server) || !existsSync(programs.tool)) {
    throw new ServerMissing('Prometheus is missing: install the package prometheus.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'loghunter-prometheus-'));
  const data = join(folder, 'data');
  await mkdir(data);
  await writeFile(join(folder, 'values.txt'), openMetrics);
  await writeFile(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
  await promisify(execFile)(programs.tool, [
    ...['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'values.txt'), data],
  ]);
  const port = await findFreePort();
  const server = startProcess(programs.server, [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady('Prometheus', server, () => isReady(url));
  return {
    url,
    async stop() {
      await server.end('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
