// Starts a real Loki for a test: its own ports on loopback, its own empty folder, ready within seconds.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { findFreePort } from './free-port.ts';

const binaryPath = fileURLToPath(new URL('../../.cache/loki', import.meta.url));
const configPath = fileURLToPath(new URL('../loki/config.yaml', import.meta.url));
const readyTimeoutMs = 60_000;

/** A running Loki. */
export interface RunningLoki {
  /** Address without a path, such as `http://127.0.0.1:3100`. */
  readonly url: string;
  readonly processId: () => number;
  /** Ends the process without a word; what it had taken stays. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with what it had. */
  restart(): Promise<void>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

/** A server that a test needs does not start on this machine. */
export class ServerMissing extends Error {}

/** Whether the tests that need Loki can run here. With CI=true they must: then this is always true, and starting fails loudly. */
export function hasLoki(): boolean {
  return process.env.CI === 'true' || existsSync(binaryPath);
}

/** Starts Loki; with `multiTenant` every request needs an X-Scope-OrgID. Extra arguments go to Loki as they are. */
export async function startLoki(
  options: {
    readonly multiTenant?: boolean;
    readonly loggedTo?: 'inherit' | 'ignore';
    readonly extraArguments?: readonly string[];
  } = {}
): Promise<RunningLoki> {
  if (!existsSync(binaryPath)) {
    throw new ServerMissing('Loki is missing: run "sh tests/loki/build.sh" (needs Go).');
  }
  const folder = await mkdtemp(join(tmpdir(), 'loghunter-loki-'));
  const httpPort = await findFreePort();
  const grpcPort = await findFreePort();
  const url = `http://127.0.0.1:${httpPort}`;
  const errorTail: string[] = [];

  async function launch(): Promise<{ readonly child: ChildProcess; readonly exited: Promise<unknown> }> {
    const child = spawn(
      binaryPath,
      [`-config.file=${configPath}`, '-config.expand-env=true', ...(options.extraArguments ?? [])],
      {
        env: {
          ...process.env,
          AUTH_ENABLED: String(options.multiTenant ?? false),
          DATA_DIR: folder,
          HTTP_PORT: String(httpPort),
          GRPC_PORT: String(grpcPort),
        },
        stdio: ['ignore', options.loggedTo ?? 'ignore', 'pipe'],
      }
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errorTail.push(text);
      errorTail.splice(0, errorTail.length - 20);
    });
    const exited = once(child, 'exit');
    const deadlineMs = Date.now() + readyTimeoutMs;
    while (!(await isReady(url))) {
      if (child.exitCode !== null || Date.now() > deadlineMs) {
        child.kill('SIGKILL');
        await exited;
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
        throw new ServerMissing(`Loki did not become ready:\n${errorTail.join('')}`);
      }
      await sleep(100);
    }
    return { child, exited };
  }

  let running = await launch();
  // SIGKILL: what a test wrote is thrown away with the folder, so an orderly end would only cost time.
  async function kill(): Promise<void> {
    running.child.kill('SIGKILL');
    await running.exited;
  }
  return {
    url,
    processId: () => running.child.pid ?? 0,
    kill,
    async restart() {
      running = await launch();
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
