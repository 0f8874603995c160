// Real traces: the runtimes on this machine write them, and the engine joins and identifies them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFingerprinter, type EventIdentity } from '@loghunter/engine/fingerprints';
import { joinEvents } from '@loghunter/engine/multiline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { glibcAbort, tracePrograms, type Layout, type TraceProgram } from './trace-programs.ts';

const root = mkdtempSync(join(tmpdir(), 'loghunter-traces-'));
const fingerprinter = createFingerprinter();
let folderCount = 0;

afterAll(() => rmSync(root, { recursive: true }));

const layouts = {
  first: { gapLineCount: 0, value: 'a', culprit: 'parse' },
  second: { gapLineCount: 7, value: 'b12', culprit: 'parse' },
  otherBug: { gapLineCount: 3, value: 'c1', culprit: 'decode' },
} as const satisfies Record<string, Layout>;

// With CI set every runtime must be there: a missing one then fails the test instead of skipping it.
function isMissing(command: string): boolean {
  return process.env['CI'] === undefined && spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0;
}

/** What a program writes to its standard error. Folders are called alike, their parents are not. */
function errorOutputOf(file: string, source: string, command: string): string {
  folderCount += 1;
  const folder = join(root, `release-${folderCount}`, 'shop');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), source);
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const { stderr, status } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, PATH: path, GOFLAGS: '' },
  });
  expect(stderr, command).not.toBe('');
  return status === null ? '' : stderr.replace(/\n$/, '');
}

interface Joined {
  readonly eventCount: number;
  readonly lineCount: number;
  readonly identity: EventIdentity;
}

function readOutput(output: string): Joined {
  const lines = output.split('\n');
  const events = joinEvents(
    lines.map((line, index) => ({ line, labels: {}, metadata: {}, timestampNs: BigInt(index) * 1000n }))
  );
  return {
    eventCount: events.length,
    lineCount: lines.length,
    identity: fingerprinter.identify({ text: events[0]?.text ?? '' }),
  };
}

describe.each(tracePrograms.map((program): [string, TraceProgram] => [program.name, program]))(
  '%s',
  (_name, program) => {
    describe.skipIf(isMissing(program.needs))(`${program.needs} runs here`, () => {
      let first: Joined;
      let second: Joined;
      let other: Joined;
      const run = (layout: Layout) => readOutput(errorOutputOf(program.file, program.source(layout), program.command));

      beforeAll(() => {
        first = run(layouts.first);
        second = run(layouts.second);
        other = run(layouts.otherBug);
      });

      it('is joined into one event', () => {
        expect([first.eventCount, second.eventCount, other.eventCount]).toEqual([1, 1, 1]);
        expect(first.lineCount).toBeGreaterThan(1);
      });

      it('has the topmost frame of the application', () => {
        expect(first.identity).toMatchObject({ kind: 'stack-trace', templateText: program.top('parse') });
        expect(other.identity).toMatchObject({ kind: 'stack-trace', templateText: program.top('decode') });
      });

      it('has one fingerprint for one bug', () => {
        expect(second.identity.fingerprint).toBe(first.identity.fingerprint);
      });

      it('has another fingerprint for another bug', () => {
        expect(other.identity.fingerprint).not.toBe(first.identity.fingerprint);
      });
    });
  }
);

describe.skipIf(isMissing('gcc'))('C that glibc aborts', () => {
  it('is one line with one fingerprint, whatever the sizes are', () => {
    const [first, second] = [10, 200].map((length) =>
      readOutput(errorOutputOf(glibcAbort.file, glibcAbort.source(length), glibcAbort.command).split('\n')[0] ?? '')
    );
    expect(first?.identity.templateText).toBe('free(): double free detected in tcache <*>');
    expect(second?.identity).toEqual(first?.identity);
  });
});
