// Starts and ends the servers that come from Debian's packages.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { ServerMissing } from './server-missing.ts';

const readyTimeoutMs = 60_000;
const pollMs = 50;

/** A child process and the last of what it printed. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** The last lines of standard output and error. */
  output(): string;
  /** Sends the signal and resolves when the process has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a server; it is killed when this process exits without having ended it. */
export function startProcess(command: string, parameters: readonly string[]): ServerProcess {
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(text);
      lines.splice(0, lines.length - 20);
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    child,
    output: () => lines.join(''),
    async end(signal) {
      process.removeListener('exit', kill);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await exited;
      }
    },
  };
}

/** Polls until the server answers; ends it and throws with its own output when it exits or never does. */
export async function waitUntilReady(
  name: string,
  server: ServerProcess,
  isReady: () => Promise<boolean>
): Promise<void> {
  const deadlineMs = Date.now() + readyTimeoutMs;
  while (!(await isReady())) {
    if (server.child.exitCode !== null || Date.now() > deadlineMs) {
      await server.end('SIGKILL');
      throw new ServerMissing(`${name} did not become ready:\n${server.output()}`);
    }
    await sleep(pollMs);
  }
}
