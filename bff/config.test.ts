import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { isConfigError, isLoopback, parseConfig } from './config.ts';

const secret = 'a-secret-of-some-length';
const folders: string[] = [];

afterEach(() => {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
});

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseConfig(variables);
  } catch (error) {
    if (isConfigError(error)) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

function secretFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'loghunter-config-'));
  folders.push(folder);
  const path = join(folder, 'secret');
  writeFileSync(path, text);
  return path;
}

test('an empty environment gives the embedded defaults', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 8787,
    target: 'all',
    databaseUrl: null,
    redisUrl: null,
    loki: null,
  });
  expect(config.scan).toMatchObject({
    watches: null,
    backfillMs: 6 * 3_600_000,
    latenessMs: 60_000,
    reconcileWindowMs: 2 * 3_600_000,
  });
  expect(config.migrateAtStart).toBe(true);
});

test('production leaves migrations to a command of its own', () => {
  expect(parseConfig({ NODE_ENV: 'production' }).migrateAtStart).toBe(false);
  expect(parseConfig({ NODE_ENV: 'production', LOGHUNTER_MIGRATE_AT_START: 'true' }).migrateAtStart).toBe(true);
});

test('all problems come in one message', () => {
  const problems = problemsOf({
    LOGHUNTER_PORT: '70000',
    LOGHUNTER_TARGET: 'half',
    LOGHUNTER_PROT: '1',
    LOGHUNTER_LOKI_URL: 'ftp://x',
  });
  expect(problems).toEqual([
    'LOGHUNTER_PROT: no such setting',
    'LOGHUNTER_PORT: must be 0 to 65535',
    'LOGHUNTER_TARGET: must be all, api, worker or scanner',
    'LOGHUNTER_LOKI_URL: must be an address that starts with http:// or https://',
  ]);
});

test.each([
  [{ LOGHUNTER_PORT: '1e3' }, 'LOGHUNTER_PORT: must be a whole number'],
  [{ LOGHUNTER_PORT: '-1' }, 'LOGHUNTER_PORT: must be a whole number'],
  [
    { LOGHUNTER_HOST: '0.0.0.0', LOGHUNTER_WITHOUT_IDENTITY: 'viewer' },
    'LOGHUNTER_WITHOUT_IDENTITY: must be refuse without LOGHUNTER_GRAFANA_SECRET, because LOGHUNTER_HOST=0.0.0.0 is reachable from other machines',
  ],
  [{ LOGHUNTER_GRAFANA_URL: 'http://grafana:3000' }, 'LOGHUNTER_GRAFANA_URL: needs LOGHUNTER_GRAFANA_SECRET'],
  [{ LOGHUNTER_GRAFANA_OPERATORS: 'user:1' }, 'LOGHUNTER_GRAFANA_OPERATORS: needs LOGHUNTER_GRAFANA_URL'],
  [
    { LOGHUNTER_GRAFANA_OPERATORS: 'admin' },
    'LOGHUNTER_GRAFANA_OPERATORS: must be subjects such as user:1 separated by commas',
  ],
  [{ LOGHUNTER_GRAFANA_SECRET: 'short' }, 'LOGHUNTER_GRAFANA_SECRET: must have 16 characters or more'],
  [
    { LOGHUNTER_GRAFANA_SECRET: 'with a line\nbreak in it' },
    'LOGHUNTER_GRAFANA_SECRET: must hold visible ASCII characters only, because it travels in a header',
  ],
  [{ LOGHUNTER_GRAFANA_SECRET_PREVIOUS: secret }, 'LOGHUNTER_GRAFANA_SECRET_PREVIOUS: needs LOGHUNTER_GRAFANA_SECRET'],
  [
    { LOGHUNTER_TARGET: 'api' },
    'LOGHUNTER_TARGET: api needs LOGHUNTER_DATABASE_URL, because the embedded database takes one process only',
  ],
  [{ LOGHUNTER_LOKI_USERNAME: 'me' }, 'LOGHUNTER_LOKI_USERNAME: must be set together with LOGHUNTER_LOKI_PASSWORD'],
  [{ LOGHUNTER_LOKI_URL: 'http://me:pass@loki' }, 'LOGHUNTER_LOKI_URL: must not hold a user name or password'],
  [
    { LOGHUNTER_DATABASE_URL: 'mysql://x' },
    'LOGHUNTER_DATABASE_URL: must be an address that starts with postgres:// or postgresql://',
  ],
  [{ LOGHUNTER_SERVICE_LABELS: 'app,1st' }, 'LOGHUNTER_SERVICE_LABELS: must be label names separated by commas'],
  [{ LOGHUNTER_WATCHES: '{app="shop"' }, 'LOGHUNTER_WATCHES: holds no valid selector: {app="shop"'],
  [
    { LOGHUNTER_WATCHES: '{app="shop"} |= "x"' },
    'LOGHUNTER_WATCHES: must hold selectors without filters: {app="shop"} |= "x"',
  ],
  [
    { LOGHUNTER_WATCHES: '[{"name":"a"}]' },
    'LOGHUNTER_WATCHES: must be one selector a line, or a JSON list of {"name": "...", "selectors": ["{...}"]} (0.selectors: Invalid input: expected array, received undefined)',
  ],
  [{ LOGHUNTER_QUERY_MATCHERS: 'cluster=eu' }, 'LOGHUNTER_QUERY_MATCHERS: holds no valid selector: cluster=eu'],
  [{ LOGHUNTER_MIGRATE_AT_START: 'yes' }, 'LOGHUNTER_MIGRATE_AT_START: must be true or false'],
])('%o is refused with a reason', (variables, problem) => {
  expect(problemsOf(variables)).toContain(problem);
});

test('matchers for queries are read from a selector, whose expressions must be valid', () => {
  expect(parseConfig({ LOGHUNTER_QUERY_MATCHERS: '{cluster="eu", stage=~"a|b"}' }).queryMatchers).toEqual([
    { name: 'cluster', operator: '=', value: 'eu' },
    { name: 'stage', operator: '=~', value: 'a|b' },
  ]);
  expect(parseConfig({}).queryMatchers).toEqual([]);
  expect(problemsOf({ LOGHUNTER_QUERY_MATCHERS: '{stage=~"("}' })).toEqual([
    expect.stringMatching(/^LOGHUNTER_QUERY_MATCHERS: holds no valid expression for stage: /),
  ]);
});

test('empty values count as unset', () => {
  expect(parseConfig({ LOGHUNTER_REDIS_URL: '', LOGHUNTER_PORT: '' }).port).toBe(8787);
});

test('secrets come from files without their final newline', () => {
  const config = parseConfig({ LOGHUNTER_GRAFANA_SECRET_FILE: secretFile(`${secret}\n`), LOGHUNTER_HOST: '0.0.0.0' });
  expect(config.grafanaSecrets.map((each) => each.reveal())).toEqual([secret]);
});

test('a secret in a file and in the environment is a contradiction', () => {
  const problems = problemsOf({ LOGHUNTER_GRAFANA_SECRET: secret, LOGHUNTER_GRAFANA_SECRET_FILE: secretFile(secret) });
  expect(problems).toEqual(['LOGHUNTER_GRAFANA_SECRET_FILE: LOGHUNTER_GRAFANA_SECRET is set as well']);
});

test('a missing secret file is named', () => {
  expect(problemsOf({ LOGHUNTER_REDIS_URL_FILE: '/nowhere/secret' })).toEqual([
    'LOGHUNTER_REDIS_URL_FILE: cannot read /nowhere/secret: ENOENT',
  ]);
});

test('only secrets come from files', () => {
  expect(problemsOf({ LOGHUNTER_PORT_FILE: '/x' })).toEqual(['LOGHUNTER_PORT_FILE: no such setting']);
});

test('secrets are hidden however they are printed', () => {
  const config = parseConfig({
    LOGHUNTER_GRAFANA_SECRET: secret,
    LOGHUNTER_DATABASE_URL: 'postgres://me:hunter2@db/x',
  });
  for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), `${config.grafanaSecrets[0]}`]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain('hunter2');
  }
});

test('watches are read as lines or as JSON', () => {
  expect(parseConfig({ LOGHUNTER_WATCHES: '{app="a"}\n{app="b"}\n' }).scan.watches).toEqual([
    { name: 'configured', selectors: ['{app="a"}', '{app="b"}'] },
  ]);
  expect(parseConfig({ LOGHUNTER_WATCHES: '[{"name":"x","selectors":["{app=\\"a\\"}"]}]' }).scan.watches).toEqual([
    { name: 'x', selectors: ['{app="a"}'] },
  ]);
});

describe('further log sources', () => {
  const first = { LOGHUNTER_LOKI_URL: 'http://loki:3100', LOGHUNTER_LOKI_ORG_ID: 'a' };
  const tenantId = 'd9428888-122b-41e1-b85c-61cd3cbb3210';
  const problemsWith = (...sources: object[]) =>
    problemsOf({ ...first, LOGHUNTER_LOKI_SOURCES: JSON.stringify(sources) });

  test('are the configured tenant’s or another one’s, with secrets that no print shows', () => {
    const { lokiSources } = parseConfig({
      ...first,
      LOGHUNTER_LOKI_SOURCES_FILE: secretFile(
        JSON.stringify([
          { name: 'eu', url: 'http://loki-eu:3100', token: secret },
          { name: 'eu', url: 'http://loki-eu:3100', orgId: 'b', tenantId },
        ])
      ),
    });
    expect(lokiSources.map(({ name, orgId, tenantId: of }) => [name, orgId, of])).toEqual([
      ['eu', null, null],
      ['eu', 'b', tenantId],
    ]);
    expect(inspect(lokiSources, { depth: 9 })).not.toContain(secret);
  });

  test('must not give the same logs twice, to one tenant or to two', () => {
    const problem = 'LOGHUNTER_LOKI_SOURCES: eu gives the same logs as another source';
    expect(problemsWith({ name: 'eu', url: 'http://loki:3100/', orgId: 'a', tenantId })).toContain(problem);
    expect(problemsWith({ name: 'eu', url: 'HTTP://Loki:3100', orgId: 'a' })).toContain(problem);
    const abroad = { url: 'http://loki-eu:3100', orgId: 'c' };
    expect(problemsWith({ name: 'other', ...abroad }, { name: 'eu', ...abroad, tenantId })).toContain(problem);
    // Whether another token shows other lines is asked at start.
    expect(
      problemsWith({ name: 'eu', ...abroad, token: secret }, { name: 'us', ...abroad, token: `${secret}2` })
    ).toEqual([]);
  });

  test('of another tenant are not read by the configured watches', () => {
    const problems = problemsOf({
      ...first,
      LOGHUNTER_LOKI_SOURCES: JSON.stringify([{ name: 'eu', url: 'http://loki-eu:3100', tenantId }]),
      LOGHUNTER_WATCHES: '[{"name": "w", "selectors": ["{app=\\"a\\"}"], "source": "eu"}]',
    });
    expect(problems).toContain(
      'LOGHUNTER_WATCHES: the watch w reads the source eu, which LOGHUNTER_LOKI_SOURCES does not name'
    );
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.example.org', false],
  ['10.0.0.1', false],
])('%s is a loopback address: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  [{}, 'operator'],
  [{ LOGHUNTER_GRAFANA_SECRET: secret }, 'viewer'],
  [{ LOGHUNTER_GRAFANA_SECRET: secret, LOGHUNTER_HOST: '0.0.0.0' }, 'viewer'],
  [{ LOGHUNTER_HOST: '0.0.0.0' }, null],
  [{ LOGHUNTER_GRAFANA_SECRET: secret, LOGHUNTER_GRAFANA_URL: 'http://grafana:3000' }, null],
  [{ LOGHUNTER_WITHOUT_IDENTITY: 'viewer' }, 'viewer'],
  [{ LOGHUNTER_WITHOUT_IDENTITY: 'refuse' }, null],
] as const)('with %o requests that name nobody have the role %s', (variables, role) => {
  expect(parseConfig(variables).roleWithoutIdentity).toBe(role);
});

test("Grafana's issuer is its address with a slash unless told otherwise", () => {
  const grafana = { LOGHUNTER_GRAFANA_SECRET: secret, LOGHUNTER_GRAFANA_URL: 'http://grafana:3000/sub/' };
  expect(parseConfig(grafana).grafana).toMatchObject({
    url: 'http://grafana:3000/sub',
    issuer: 'http://grafana:3000/sub/',
    organisations: 'mapped',
    operators: [],
  });
  const issuer = 'https://logs.example/';
  expect(parseConfig({ ...grafana, LOGHUNTER_GRAFANA_ISSUER: issuer }).grafana?.issuer).toBe(issuer);
});
