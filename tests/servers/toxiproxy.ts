// Starts a real toxiproxy for a test: it stands between two servers and delays, cuts or stalls their connections.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findFreePort } from './free-port.ts';
import { ServerMissing } from './server-missing.ts';
import { startProcess, waitUntilReady } from './server-process.ts';

const binaryPath = fileURLToPath(new URL('../../.cache/toxiproxy', import.meta.url));

/** What it does to what comes back from the server: milliseconds of delay each, or a reset after as many. */
export type Toxic =
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter: number } }
  | { readonly type: 'reset_peer'; readonly attributes: { readonly timeout: number } };

/** A toxiproxy before one server. */
export interface RunningToxiproxy {
  /** The server's address by way of the proxy. */
  readonly url: string;
  /** Adds the toxic, waits for the end of the work, and takes it away. */
  during(toxic: Toxic, work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the tests that need toxiproxy can run here. With CI=true they must: then this is always true, and starting fails loudly. */
export function hasToxiproxy(): boolean {
  return process.env.CI === 'true' || existsSync(binaryPath);
}

/** Starts toxiproxy before the server of `target`, an address without a path. */
export async function startToxiproxy(target: string): Promise<RunningToxiproxy> {
  if (!existsSync(binaryPath)) {
    throw new ServerMissing('toxiproxy is missing: run "sh tests/toxiproxy/build.sh" (needs Go).');
  }
  const [port, listenPort] = [await findFreePort(), await findFreePort()];
  const control = `http://127.0.0.1:${port}`;
  const server = startProcess(binaryPath, ['-host', '127.0.0.1', '-port', String(port)]);
  await waitUntilReady('toxiproxy', server, () =>
    fetch(`${control}/version`).then(
      (response) => response.ok,
      () => false
    )
  );
  async function call(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`toxiproxy answered ${response.status}: ${await response.text()}`);
    }
  }
  await call('POST', '/proxies', { name: 'target', listen: `127.0.0.1:${listenPort}`, upstream: new URL(target).host });
  return {
    url: `http://127.0.0.1:${listenPort}`,
    async during({ type, attributes }, work) {
      await call('POST', '/proxies/target/toxics', { name: type, type, stream: 'downstream', attributes });
      try {
        await work();
      } finally {
        await call('DELETE', `/proxies/target/toxics/${type}`);
      }
    },
    stop: () => server.end('SIGKILL'),
  };
}
