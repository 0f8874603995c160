import { existsSync, readFileSync } from 'node:fs';

/** Counts of a test run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed and how it began, cut short: for the end of the output, which is often all that is kept of it. */
  readonly failures: readonly string[];
}

/** Something that failed as a whole, without tests of its own. */
export const oneFailure: Tally = { passed: 0, failed: 1, skipped: 0, failures: [] };

const maxFailureLength = 700;

interface JestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly numRuntimeErrorTestSuites?: number;
  readonly testResults?: ReadonlyArray<{
    readonly assertionResults?: ReadonlyArray<{
      readonly fullName?: string;
      readonly failureMessages?: readonly string[];
    }>;
  }>;
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: ReadonlyArray<{
    readonly title: string;
    readonly file: string;
    readonly tests: ReadonlyArray<{
      readonly results: ReadonlyArray<{ readonly errors?: ReadonlyArray<{ readonly message?: string }> }>;
    }>;
  }>;
}

interface PlaywrightReport extends PlaywrightSuite {
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
    return oneFailure;
  }
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === 'playwright') {
    const { stats, ...suite } = report as PlaywrightReport;
    return {
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
      failures: failuresIn(suite),
    };
  }
  const jest = report as JestReport;
  return {
    passed: jest.numPassedTests ?? 0,
    failed: (jest.numFailedTests ?? 0) + (jest.numRuntimeErrorTestSuites ?? 0),
    skipped: (jest.numPendingTests ?? 0) + (jest.numTodoTests ?? 0),
    failures: (jest.testResults ?? [])
      .flatMap(({ assertionResults = [] }) => assertionResults)
      .filter(({ failureMessages = [] }) => failureMessages.length > 0)
      .map(({ fullName = '', failureMessages = [] }) => shortened(fullName, failureMessages)),
  };
}

function failuresIn({ suites = [], specs = [] }: PlaywrightSuite): readonly string[] {
  const own = specs.flatMap(({ title, file, tests }) => {
    const messages = tests.flatMap(({ results }) =>
      results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message))
    );
    return messages.length === 0 ? [] : [shortened(`${file}: ${title}`, messages)];
  });
  return [...own, ...suites.flatMap(failuresIn)];
}

function shortened(title: string, messages: readonly string[]): string {
  return `${title}\n${messages.join('\n')}`.slice(0, maxFailureLength).trimEnd();
}
