import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const mainPath = fileURLToPath(new URL('../../bff/main.ts', import.meta.url));

/** A replica of the server as a process of its own, which can be killed and started again. */
export interface ScannerProcess {
  start(): void;
  /** Ends it without a word and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it in order; returns its exit code and how long it took. */
  stop(): Promise<{ readonly exitCode: number | null; readonly durationMs: number }>;
  /** The last of what it wrote to standard error, over all its lives. */
  output(): string;
}

/** A replica that is not started yet. */
export function createScannerProcess(environment: Readonly<Record<string, string>>): ScannerProcess {
  let child: ChildProcess | undefined;
  const lines: string[] = [];

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = undefined;
    if (ending === undefined) {
      return null;
    }
    if (ending.exitCode === null && ending.signalCode === null) {
      const exited = once(ending, 'exit');
      ending.kill(signal);
      await exited;
    }
    return ending.exitCode;
  }

  return {
    start() {
      child = spawn(process.execPath, [mainPath], {
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        lines.push(text);
        lines.splice(0, lines.length - 40);
      });
    },
    async kill() {
      await end('SIGKILL');
    },
    async stop() {
      const startMs = Date.now();
      return { exitCode: await end('SIGTERM'), durationMs: Date.now() - startMs };
    },
    output: () => lines.join(''),
  };
}
