import { existsSync, readFileSync } from 'node:fs';

/** Counts of a test run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface JestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly numRuntimeErrorTestSuites?: number;
}

interface PlaywrightReport {
  readonly stats?: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/** Reads the report that a test runner wrote; one failure when it wrote none. Vitest writes Jest's format. */
export function readReport(kind: 'vitest' | 'jest' | 'playwright', file: string): Tally {
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === 'playwright') {
    const { stats } = report as PlaywrightReport;
    return {
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    };
  }
  const jest = report as JestReport;
  return {
    passed: jest.numPassedTests ?? 0,
    failed: (jest.numFailedTests ?? 0) + (jest.numRuntimeErrorTestSuites ?? 0),
    skipped: (jest.numPendingTests ?? 0) + (jest.numTodoTests ?? 0),
  };
}
