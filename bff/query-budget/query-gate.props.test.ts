import { createManualClock } from '@loghunter/ports/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutRange } from './cut-range.ts';
import { QueryGate } from './query-gate.ts';

const limitBytes = 1000;
const minuteMs = 60_000;

interface Run {
  readonly sizeBytes: number;
  readonly startMs: number;
  endMs: number;
}

const asked = fc.record({
  pauseMs: fc.integer({ min: 0, max: 20_000 }),
  sizeBytes: fc.integer({ min: 1, max: limitBytes }),
  durationMs: fc.integer({ min: 1, max: 90_000 }),
});

/** Bytes of all queries that ran at any moment of [fromMs, fromMs + a minute). */
function loadOf(runs: readonly Run[], fromMs: number): number {
  return runs
    .filter(({ startMs, endMs }) => startMs < fromMs + minuteMs && endMs > fromMs)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

test('in no minute do queries have more bytes than allowed, however they come and end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 5, maxLength: 40 }), async (queries) => {
      const clock = createManualClock(0);
      const limits = { minuteBytes: limitBytes, queryBytes: limitBytes };
      const gate = new QueryGate(
        {
          mode: 'enforce',
          maxConcurrentQueries: 100,
          maxWaitMs: 100_000,
          limits: { people: limits, ai: limits, background: limits },
        },
        clock
      );
      const runs: Run[] = [];
      const ending: Array<{ readonly atMs: number; readonly end: () => void }> = [];
      async function tick(durationMs: number): Promise<void> {
        for (let left = durationMs; left > 0; left -= 1000) {
          clock.advance(Math.min(left, 1000));
          for (const due of ending.splice(0)) {
            if (due.atMs <= clock.nowMs()) {
              due.end();
            } else {
              ending.push(due);
            }
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      for (const { pauseMs, sizeBytes, durationMs } of queries) {
        void gate.enter('people', sizeBytes, new AbortController().signal).then((answer) => {
          if (answer.kind === 'admitted') {
            const run: Run = { sizeBytes, startMs: clock.nowMs(), endMs: Number.POSITIVE_INFINITY };
            runs.push(run);
            ending.push({
              atMs: clock.nowMs() + durationMs,
              end() {
                run.endMs = clock.nowMs();
                answer.end();
              },
            });
          }
        });
        await tick(pauseMs);
      }
      await tick(200_000);
      for (const { startMs, endMs } of runs) {
        expect(loadOf(runs, startMs)).toBeLessThanOrEqual(limitBytes);
        expect(loadOf(runs, endMs - 1)).toBeLessThanOrEqual(limitBytes);
      }
      expect(runs.length).toBeGreaterThan(0);
    }),
    { numRuns: 30 }
  );
}, 60_000);

test('a range cut into pieces is the range, without gaps, and every piece fits or is one unit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: 0n, max: 500n }),
      fc.bigInt({ min: 1n, max: 500n }),
      fc.bigInt({ min: 1n, max: 40n }),
      fc.bigInt({ min: 1n, max: 100n }),
      async (fromNs, length, unitNs, fittingNs) => {
        const pieces = [];
        const range = { fromNs, toNs: fromNs + length };
        for await (const piece of cutRange(range, unitNs, (each) =>
          Promise.resolve(each.toNs - each.fromNs <= fittingNs)
        )) {
          pieces.push(piece);
        }
        expect(pieces[0]?.fromNs).toBe(range.fromNs);
        expect(pieces.at(-1)?.toNs).toBe(range.toNs);
        for (const [index, { fromNs: startNs, toNs: endNs }] of pieces.entries()) {
          expect(endNs).toBeGreaterThan(startNs);
          expect(endNs).toBe(pieces[index + 1]?.fromNs ?? range.toNs);
          expect(endNs - startNs <= fittingNs || endNs - startNs <= 2n * unitNs).toBe(true);
          expect(index === 0 || startNs % unitNs === 0n).toBe(true);
        }
      }
    )
  );
});
