import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReport } from './report.ts';

function read(kind: 'vitest' | 'playwright', report: unknown): ReturnType<typeof readReport> {
  const directory = mkdtempSync(join(tmpdir(), 'loghunter-report-'));
  try {
    const file = join(directory, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return readReport(kind, file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('a browser test that failed is told with its file, title and how its error begins', () => {
  const spec = (title: string, errors: unknown) => ({
    title,
    file: 'doors.spec.ts',
    tests: [{ results: [{ errors }] }],
  });
  const tally = read('playwright', {
    stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 2 },
    suites: [
      { specs: [spec('opens', [])], suites: [{ specs: [spec('leads on', [{ message: `far ${'x'.repeat(2000)}` }])] }] },
    ],
  });
  expect(tally).toMatchObject({ passed: 1, failed: 1, skipped: 2 });
  expect(tally.failures).toHaveLength(1);
  expect(tally.failures[0]).toMatch(/^doors\.spec\.ts: leads on\nfar x{600,}$/);
  expect(tally.failures[0]?.length).toBeLessThanOrEqual(700);
});

test('a failed unit test is told with its name and its message', () => {
  const tally = read('vitest', {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        assertionResults: [
          { fullName: 'adds', failureMessages: [] },
          { fullName: 'divides', failureMessages: ['expected 2 to be 3'] },
        ],
      },
    ],
  });
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0, failures: ['divides\nexpected 2 to be 3'] });
});

test('a runner that wrote no report counts as one failure', () => {
  expect(readReport('jest', join(tmpdir(), 'no-such-report.json'))).toMatchObject({ passed: 0, failed: 1 });
});
