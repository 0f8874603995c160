import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import { findSchemathesis } from './schemathesis.ts';

const isSoak = process.env['SOAK'] === '1';
const program = findSchemathesis();
const documentPath = fileURLToPath(new URL('../../contracts/openapi.json', import.meta.url));
// Schemathesis reads events into an object of its own and holds that to the schema of what they carry: tests of their own look at them.
const notFuzzed = '^watch(Job|Live)$';
// Of each route: 20,000 cases and more in the long form.
const casesPerRoute = isSoak ? 500 : 4;
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
].join();

test.skipIf(program === null && process.env['CI'] !== 'true')(
  'whatever is sent, no route fails, answers with an undocumented status or with what its schema does not say',
  { timeout: isSoak ? 3_600_000 : 300_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loghunter-fuzzing-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const server = await startServer(
      parseConfig({
        LOGHUNTER_PORT: '0',
        LOGHUNTER_DATA_DIRECTORY: folder,
        LOGHUNTER_LOG_LEVEL: 'silent',
        LOGHUNTER_WEBHOOK_KEY: 'a-key-of-webhooks-that-is-long-enough',
        // Limits are for people; this is none.
        LOGHUNTER_LIMIT_USER: '1000000',
        LOGHUNTER_LIMIT_ADMIN: '1000000',
        LOGHUNTER_LIMIT_PAGES: '100000000',
      })
    );
    onTestFinished(() => server.stop());
    const run = promisify(execFile)(
      program ?? 'schemathesis',
      ['run', documentPath, '--url', server.url, '--phases', 'fuzzing', '--max-examples', String(casesPerRoute)].concat(
        [
          '--exclude-operation-id-regex',
          notFuzzed,
          '--checks',
          checks,
          '--request-timeout',
          '30',
          '--seed',
          isSoak ? String(Date.now() % 1_000_000) : '1',
          '--no-color',
        ]
      ),
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 }
    );
    const report = await run.then(
      ({ stdout }) => stdout,
      (error: { readonly stdout?: string }) => error.stdout ?? String(error)
    );
    const failures = /=+ FAILURES =+[\s\S]*?(?==+ (WARNINGS|SUMMARY) )/.exec(report)?.[0] ?? '';
    const errors = /=+ ERRORS =+[\s\S]*?(?==+ (FAILURES|WARNINGS|SUMMARY) )/.exec(report)?.[0] ?? '';
    console.log(/Test cases:\n.*/.exec(report)?.[0]);
    expect(failures + errors).toBe('');
    expect(report).toContain('Test cases:');
  }
);
