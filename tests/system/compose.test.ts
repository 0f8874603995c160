// The compose file cannot run on the machines of continuous integration (no Docker engine), so everything that can be
// known of it without running is checked: its schema, its environment, and what the image holds.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parseConfig } from '@loghunter/bff/config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const secret = '0123456789abcdef0123456789abcdef';
const environment = {
  ...{ ...process.env, LOGHUNTER_GRAFANA_SECRET: secret, POSTGRES_PASSWORD: 'pass-word_1' },
  ...{ LOGHUNTER_ALERT_SECRET: secret, LOGHUNTER_WEBHOOK_KEY: secret },
};

interface Service {
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly image?: string;
  readonly read_only?: boolean;
}

let loader = '';
let services: Readonly<Record<string, Service>> = {};

beforeAll(() => {
  loader = join(root, '.cache/compose');
  execFileSync('go', ['build', '-o', loader, '.'], { cwd: join(root, 'tests/compose'), stdio: 'pipe' });
  const text = execFileSync(loader, [join(root, 'docker-compose.yaml')], { encoding: 'utf8', env: environment });
  services = (JSON.parse(text) as { services: Record<string, Service> }).services;
});

test('the compose file is valid by the reference implementation', () => {
  expect(Object.keys(services).sort()).toEqual([
    'alloy',
    'grafana',
    'loki',
    'postgres',
    'prometheus',
    'redis',
    'server',
  ]);
});

test('the reference implementation refuses a misspelt key', () => {
  const directory = mkdtempSync(join(tmpdir(), 'loghunter-compose-'));
  const text = readFileSync(join(root, 'docker-compose.yaml'), 'utf8').replace('read_only: true', 'readonly: true');
  writeFileSync(join(directory, 'docker-compose.yaml'), text);
  const result = spawnSync(loader, [join(directory, 'docker-compose.yaml')], { encoding: 'utf8', env: environment });
  rmSync(directory, { recursive: true });
  expect(result.stderr).toContain('readonly');
  expect(result.status).toBe(1);
});

test('the compose file asks for secrets instead of shipping them', () => {
  const bare = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const result = spawnSync(loader, [join(root, 'docker-compose.yaml')], { encoding: 'utf8', env: bare });
  expect(result.stderr).toMatch(/LOGHUNTER_GRAFANA_SECRET|POSTGRES_PASSWORD/);
  expect(result.status).toBe(1);
});

test("the server's environment is a valid configuration", () => {
  const { environment: variables = {} } = services['server'] ?? {};
  const texts = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? '']));
  const config = parseConfig({ ...texts, NODE_ENV: 'production' });
  expect(config).toMatchObject({
    host: '0.0.0.0',
    port: 8787,
    migrateAtStart: true,
    loki: { url: 'http://loki:3100' },
    grafana: { url: 'http://grafana:3000', issuer: services['grafana']?.environment?.['GF_SERVER_ROOT_URL'] },
    roleWithoutIdentity: null,
  });
});

test("Grafana's provisioning finds every variable that it reads", () => {
  const folders = ['plugins', 'datasources', 'alerting'].map((name) => `provisioning/${name}`);
  const provisioning = folders
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const wanted = [...provisioning.replaceAll('$$', '').matchAll(/\$\{?(?:__env\{)?([A-Z][A-Z0-9_]+)/g)].map(
    (match) => match[1] ?? ''
  );
  expect(wanted).toContain('LOGHUNTER_GRAFANA_SECRET');
  expect(Object.keys(services['grafana']?.environment ?? {})).toEqual(expect.arrayContaining(wanted));
});

test('the image holds every file that the server imports', () => {
  const cruised = spawnSync(
    process.execPath,
    ['node_modules/.bin/depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'bff/main.ts'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }
  );
  const modules = (JSON.parse(cruised.stdout) as { modules: Array<{ source: string }> }).modules.map(
    (module) => module.source
  );
  const ours = modules.filter(
    (source) => !source.startsWith('node_modules') && !builtinModules.includes(source.replace('node:', ''))
  );
  const copied = [...readFileSync(join(root, 'Dockerfile'), 'utf8').matchAll(/^COPY (?!--from)(\S+) \1$/gm)].map(
    (match) => match[1]
  );
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8');
  expect(ours.length).toBeGreaterThan(50);
  for (const source of ours.filter((name) => existsSync(join(root, name)) && !name.includes('node_modules'))) {
    const folder = source.split('/')[0] ?? '';
    expect(copied, source).toContain(folder);
    expect(ignored, source).toContain(`!${folder}`);
  }
});

test('the server runs as a user without rights on a read-only file system', () => {
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(/^USER node$/m);
  expect(services['server']).toMatchObject({ read_only: true });
});
