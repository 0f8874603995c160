import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, resolve } from 'node:path';

/** The launcher as a user calls it. */
export const launcherPath = resolve(import.meta.dirname, '../../node_modules/.bin/loghunter');

/** How a command ended and what it wrote. */
export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Environment without the checkout's own Node, so that the launcher has to find it. */
function plainEnvironment(overrides: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = dirname(process.execPath);
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== own);
  return { PATH: folders.join(delimiter), HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...overrides };
}

/** Starts the command line; the caller stops it. */
export function startLoghunter(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {}
): ChildProcess {
  return spawn(launcherPath, parameters, { env: plainEnvironment(environment), stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs the command line to its end. */
export async function runLoghunter(
  parameters: readonly string[],
  input: string | Buffer = '',
  environment: Readonly<Record<string, string>> = {}
): Promise<Finished> {
  const child = startLoghunter(parameters, environment);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that does not read its input may close it first.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  await once(child, 'close');
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Runs a shell line with `$LOGHUNTER` set to the launcher; for pipes. */
export async function runShell(line: string): Promise<Finished> {
  const child = spawn('bash', ['-c', line], { env: plainEnvironment({ LOGHUNTER: launcherPath }) });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { exitCode: child.exitCode, stdout, stderr };
}
