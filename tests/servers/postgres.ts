// Starts a real Postgres for a test: its own port on loopback, its own empty folder, never as root.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { findFreePort } from './free-port.ts';
import { ServerMissing } from './server-missing.ts';
import { startProcess, waitUntilReady } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

const run = promisify(execFile);
const packageFolder = '/usr/lib/postgresql';
const ownerName = 'loghunter_owner';
const password = 'only-for-tests';

/** A running Postgres. */
export interface RunningPostgres {
  /** An empty database, as its owner: no superuser, may create roles. */
  readonly url: string;
  /** Address of another empty database, as its owner. */
  createDatabase(): Promise<string>;
  /** The same database for a superuser. */
  superuserUrl(url: string): string;
  /** Runs SQL as a superuser in the database of `url` with psql; returns its output, one row a line. */
  runAsSuperuser(url: string, sql: string): Promise<string>;
  /** The schema of the database of `url` as pg_dump prints it. */
  dumpSchema(url: string): Promise<string>;
  /** Schema and rows of the database of `url` as pg_dump prints them. */
  dump(url: string): Promise<string>;
  /** Ends the server at once, as a crash would, and keeps its folder. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

/** Whether the tests that need Postgres can run here. With CI=true they must: then this is always true, and starting fails loudly. */
export function hasPostgres(): boolean {
  return process.env.CI === 'true' || findPrograms() !== undefined;
}

/** Starts Postgres. Flushing to disk is off, because what a test writes need not outlive the machine; `isDurable` turns it on. */
export async function startPostgres(options: { readonly isDurable?: boolean } = {}): Promise<RunningPostgres> {
  const programs = findPrograms();
  if (programs === undefined) {
    throw new ServerMissing('Postgres is missing: install the package postgresql-15 or newer.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'loghunter-postgres-'));
  const port = await findFreePort();
  const cluster = await initialise(programs, folder);
  const flags =
    options.isDurable === true ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const start = () => startCluster(programs, cluster, port, flags);
  let server = await start();
  let databaseCount = 0;

  const addressOf = (user: string, database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const superuserUrl = (url: string) => addressOf('postgres', new URL(url).pathname.slice(1));
  async function runAsSuperuser(url: string, sql: string): Promise<string> {
    const { stdout } = await run(join(programs ?? '', 'psql'), [
      '-X',
      '-A',
      '-t',
      '-q',
      '-v',
      'ON_ERROR_STOP=1',
      '-c',
      sql,
      superuserUrl(url),
    ]);
    return stdout.trim();
  }
  async function createDatabase(): Promise<string> {
    databaseCount += 1;
    const name = `test_${databaseCount}`;
    await runAsSuperuser(addressOf('postgres', 'postgres'), `create database ${name} owner ${ownerName}`);
    return addressOf(ownerName, name);
  }

  await runAsSuperuser(
    addressOf('postgres', 'postgres'),
    `create role ${ownerName} login createrole password '${password}'`
  );
  return {
    url: await createDatabase(),
    createDatabase,
    superuserUrl,
    runAsSuperuser,
    async dump(url) {
      const { stdout } = await run(join(programs, 'pg_dump'), ['--no-owner', superuserUrl(url)]);
      return stdout;
    },
    async dumpSchema(url) {
      const { stdout } = await run(join(programs, 'pg_dump'), ['--schema-only', '--no-owner', superuserUrl(url)]);
      return stdout;
    },
    kill: () => killAll(server),
    async restart() {
      server = await start();
    },
    async stop() {
      await server.end('SIGQUIT');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// The processes that serve connections outlive the first one by a moment, in which they answer.
async function killAll(server: ServerProcess): Promise<void> {
  const { pid } = server.child;
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  // No number would be 0, which stands for this process and its kin.
  const children = text
    .split(' ')
    .map(Number)
    .filter((child) => child > 0);
  await server.end('SIGKILL');
  for (const child of children) {
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Folder of the newest installed version's programs, 15 at least. */
function findPrograms(): string | undefined {
  const versions = existsSync(packageFolder) ? readdirSync(packageFolder).map(Number) : [];
  const [newest] = versions.filter((version) => version >= 15).sort((a, b) => b - a);
  const programs = join(packageFolder, String(newest), 'bin');
  return newest !== undefined && existsSync(join(programs, 'initdb')) ? programs : undefined;
}

interface Cluster {
  readonly dataFolder: string;
  readonly folder: string;
  /** Words before a command that run it as the folder's owner. */
  readonly prefix: readonly string[];
}

async function initialise(programs: string, folder: string): Promise<Cluster> {
  const passwordFile = join(folder, 'password');
  const dataFolder = join(folder, 'data');
  await writeFile(passwordFile, password);
  const prefix = await dropPrivileges(folder, passwordFile);
  await runAs(prefix, join(programs, 'initdb'), [
    `--pgdata=${dataFolder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  return { dataFolder, folder, prefix };
}

// Postgres refuses to run as root. The package brings a user for it.
async function dropPrivileges(folder: string, passwordFile: string): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) {
    return [];
  }
  const owner = await stat('/var/lib/postgresql');
  await chown(folder, owner.uid, owner.gid);
  await chown(passwordFile, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  return ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
}

async function startCluster(
  programs: string,
  cluster: Cluster,
  port: number,
  flags: readonly string[]
): Promise<ServerProcess> {
  const parameters = [
    '-D',
    cluster.dataFolder,
    '-p',
    String(port),
    '-k',
    cluster.folder,
    '-c',
    'listen_addresses=127.0.0.1',
    ...flags,
  ];
  const [command, ...rest] = [...cluster.prefix, join(programs, 'postgres'), ...parameters];
  const server = startProcess(command ?? '', rest);
  await waitUntilReady('Postgres', server, () =>
    run(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false
    )
  );
  return server;
}

async function runAs(prefix: readonly string[], program: string, parameters: readonly string[]): Promise<void> {
  const [command, ...rest] = [...prefix, program, ...parameters];
  await run(command ?? program, rest, { cwd: tmpdir() });
}
