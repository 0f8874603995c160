/** One check: a command, and how to count what it reports. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** `quick` steps need no server and no browser. */
  readonly when: 'quick' | 'full';
  /** Where the runner writes its machine-readable report; a step without one counts as a single check. */
  readonly report?: { readonly kind: 'vitest' | 'jest' | 'playwright'; readonly file: string };
  readonly environment?: Readonly<Record<string, string>>;
  /** It keeps one processor busy and writes nothing that others read: it may run while another such step does. */
  readonly beside?: true;
  /** The step is stopped and counts as failed after this. */
  readonly limitMs: number;
}

const minute = 60_000;
const rooms = ['contracts', 'engine', 'ports', 'adapters', 'bff', 'cli', 'preview', 'tests', 'tooling'];
const cruised = ['contracts', 'engine', 'ports', 'adapters', 'bff', 'cli', 'src', 'preview', 'tests'];

function bin(name: string): string {
  return `node_modules/.bin/${name}`;
}

function vitest(project: string): Step['command'] {
  return [
    'node',
    bin('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=.cache/reports/${project}.json`,
  ];
}

function jest(config: string, report: string): Step['command'] {
  const file = `--outputFile=.cache/reports/${report}.json`;
  return ['node', bin('jest'), '-c', config, '--ci', '--maxWorkers=2', '--json', file];
}

/** Every check, in the order in which they begin: the cheap ones first, so that a slip shows within seconds. */
export const steps: readonly Step[] = [
  { name: 'file names', command: ['node', bin('ls-lint')], when: 'quick', beside: true, limitMs: minute },
  {
    name: 'format',
    command: ['node', bin('prettier'), '--check', '--log-level', 'warn', '.'],
    when: 'quick',
    beside: true,
    limitMs: 3 * minute,
  },
  { name: 'translations', command: ['node', 'tooling/translations.ts'], when: 'quick', beside: true, limitMs: minute },
  {
    name: 'plain text rules',
    command: ['node', 'tooling/plain-text-rules.ts'],
    when: 'quick',
    beside: true,
    limitMs: minute,
  },
  {
    name: 'room rules and cycles',
    command: ['node', bin('depcruise'), '--config', '.dependency-cruiser.cjs', ...cruised],
    when: 'quick',
    beside: true,
    limitMs: 3 * minute,
  },
  {
    name: 'undeclared and dead code',
    command: ['node', bin('knip')],
    when: 'quick',
    beside: true,
    limitMs: 3 * minute,
  },
  ...rooms.map((room): Step => ({
    name: `types of ${room}`,
    command: ['node', bin('tsc'), '-p', room],
    when: 'quick',
    beside: true,
    limitMs: 5 * minute,
  })),
  {
    name: 'types of the plugin',
    command: ['node', bin('tsc'), '-p', 'tsconfig.json'],
    when: 'quick',
    beside: true,
    limitMs: 5 * minute,
  },
  {
    name: 'types of the plugin with React 19',
    command: ['node', bin('tsc'), '-p', 'tests/react-19/tsconfig.json'],
    when: 'full',
    beside: true,
    limitMs: 5 * minute,
  },
  {
    name: 'lint',
    command: ['node', bin('eslint'), '--max-warnings', '0', '.'],
    when: 'quick',
    beside: true,
    limitMs: 5 * minute,
  },
  {
    name: 'unit tests',
    command: vitest('unit'),
    when: 'quick',
    limitMs: 15 * minute,
    report: { kind: 'vitest', file: '.cache/reports/unit.json' },
  },
  {
    name: 'plugin unit tests',
    command: jest('jest.config.js', 'jest'),
    when: 'quick',
    limitMs: 10 * minute,
    report: { kind: 'jest', file: '.cache/reports/jest.json' },
  },
  {
    name: 'plugin unit tests with React 19',
    command: jest('tests/react-19/jest.config.js', 'jest-react-19'),
    when: 'full',
    limitMs: 10 * minute,
    report: { kind: 'jest', file: '.cache/reports/jest-react-19.json' },
  },
  { name: 'bundle of the plugin', command: ['node', 'tooling/bundle.ts'], when: 'full', limitMs: minute },
  {
    name: 'system tests',
    command: vitest('system'),
    when: 'full',
    limitMs: 40 * minute,
    report: { kind: 'vitest', file: '.cache/reports/system.json' },
    environment: { CI: 'true' },
  },
  {
    name: 'browser tests',
    command: ['node', bin('playwright'), 'test', '--reporter=list,json'],
    when: 'full',
    limitMs: 25 * minute,
    report: { kind: 'playwright', file: '.cache/reports/playwright.json' },
    environment: { CI: 'true', PLAYWRIGHT_JSON_OUTPUT_FILE: '.cache/reports/playwright.json' },
  },
];
