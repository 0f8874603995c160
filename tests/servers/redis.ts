// Starts a real Redis for a test: its own port on loopback, nothing on disk.
import { existsSync } from 'node:fs';
import { connect } from 'node:net';

import { findFreePort } from './free-port.ts';
import { ServerMissing } from './server-missing.ts';
import { startProcess, waitUntilReady } from './server-process.ts';

const programs = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'];

/** A running Redis. */
export interface RunningRedis {
  readonly url: string;
  /** Stops the process without ending it: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends the process; what it held is lost. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the tests that need Redis can run here. With CI=true they must: then this is always true, and starting fails loudly. */
export function hasRedis(): boolean {
  return process.env.CI === 'true' || findProgram() !== undefined;
}

export async function startRedis(): Promise<RunningRedis> {
  const program = findProgram();
  if (program === undefined) {
    throw new ServerMissing('Redis is missing: install the package redis-server.');
  }
  const port = await findFreePort();
  const start = async () => {
    const started = startProcess(program, [
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--save',
      '',
      '--appendonly',
      'no',
    ]);
    await waitUntilReady('Redis', started, () => answersPing(port));
    return started;
  };
  let server = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => server.child.kill('SIGSTOP'),
    thaw: () => server.child.kill('SIGCONT'),
    kill: () => server.end('SIGKILL'),
    async restart() {
      server = await start();
    },
    stop: () => server.end('SIGKILL'),
  };
}

function findProgram(): string | undefined {
  return programs.find((path) => existsSync(path));
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
