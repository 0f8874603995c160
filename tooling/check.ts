// Runs the checks and ends with one line: "N passed, N failed".
// Steps that keep one processor busy run two at a time, their output held back until they end; the others run alone.
// A failing step does not stop the others, so that one run shows everything that is wrong.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { oneFailure, readReport, type Tally } from './report.ts';
import { steps, type Step } from './steps.ts';

/** Failures told of once more at the end. */
const maxToldFailures = 12;

const root = fileURLToPath(new URL('..', import.meta.url));

async function run(step: Step): Promise<Tally> {
  const started = Date.now();
  const title = `\n== ${step.name}\n`;
  if (!step.beside) {
    process.stdout.write(title);
  }
  const reportFile = step.report && `${root}/${step.report.file}`;
  if (reportFile) {
    rmSync(reportFile, { force: true });
  }
  const { exitCode, held } = await execute(step);
  if (step.beside) {
    process.stdout.write(`${title}${held}`);
  }
  const tally = reportFile && step.report ? readReport(step.report.kind, reportFile) : undefined;
  const result = judge(exitCode, tally);
  process.stdout.write(
    `-- ${step.name}: ${result.failed === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`
  );
  return result;
}

/** A runner that fails without a failed test, or that ran no test at all, is a failure too. */
function judge(exitCode: number, tally: Tally | undefined): Tally {
  if (tally === undefined) {
    return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : oneFailure;
  }
  if ((exitCode !== 0 && tally.failed === 0) || tally.passed + tally.failed === 0) {
    return { ...tally, failed: tally.failed + 1 };
  }
  return tally;
}

/** Runs the step's command; `held` is what a step that runs beside another one has printed. */
function execute(step: Step): Promise<{ exitCode: number; held: string }> {
  const [program, ...parameters] = step.command;
  const child = spawn(program === 'node' ? process.execPath : program, parameters, {
    cwd: root,
    stdio: ['ignore', step.beside ? 'pipe' : 'inherit', step.beside ? 'pipe' : 'inherit'],
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...step.environment },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      process.stdout.write(`${step.name} took more than ${step.limitMs / 1000} s and was stopped\n`);
      child.kill('SIGKILL');
    }, step.limitMs);
    child.once('error', (error) => {
      process.stdout.write(`${step.name} could not be started: ${error.message}\n`);
      clearTimeout(timer);
      resolve({ exitCode: 1, held: output.join('') });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 1, held: output.join('') });
    });
  });
}

/** The tallies of all steps, in their order. Each of two lanes takes the next step that may run beside others. */
async function runAll(wanted: readonly Step[]): Promise<readonly Tally[]> {
  const tallies = new Map<Step, Tally>();
  const queue = wanted.filter((step) => step.beside);
  const lane = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      tallies.set(step, await run(step));
    }
  };
  await Promise.all([lane(), lane()]);
  for (const step of wanted.filter(({ beside }) => !beside)) {
    tallies.set(step, await run(step));
  }
  return wanted.map((step) => tallies.get(step) ?? oneFailure);
}

async function main(scope: string): Promise<number> {
  mkdirSync(`${root}/.cache/reports`, { recursive: true });
  const wanted = steps.filter((step) => scope === 'all' || step.when === 'quick');
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedSteps: string[] = [];
  const tallies = await runAll(wanted);
  for (const [index, tally] of tallies.entries()) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    if (tally.failed > 0) {
      failedSteps.push(wanted[index]?.name ?? '');
    }
  }
  for (const failure of tallies.flatMap(({ failures }) => failures).slice(0, maxToldFailures)) {
    process.stdout.write(`\n${failure}\n`);
  }
  process.stdout.write(failedSteps.length > 0 ? `\nFailed: ${failedSteps.join(', ')}\n` : '\n');
  if (total.skipped > 0) {
    process.stdout.write(`Skipped, each by name above: ${total.skipped}\n`);
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2] ?? 'all');
