import { createSeededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';
import { allBugs } from './trace-bugs.ts';
import type { Bug } from './trace-bugs.ts';
import { writeTrace } from './trace-writers.ts';

/** A trace with the bug that it is of. */
export interface LabelledTrace {
  readonly bug: Bug;
  readonly lines: readonly string[];
}

/** How a corpus is made. */
export interface TraceCorpusOptions {
  readonly seed: number;
  readonly tracesPerBug: number;
  /** Share of stray lines of another logger between the lines of traces, 0..1. */
  readonly strayRatio: number;
  /** True when the logger writes its header before every line of a trace. Default: false. */
  readonly repeatsHeader?: boolean;
}

/** Returns traces of all bugs, the same for the same options. */
export function createTraceCorpus(options: TraceCorpusOptions): readonly LabelledTrace[] {
  const random = createSeededRandom(options.seed);
  return allBugs().flatMap((bug) =>
    Array.from({ length: options.tracesPerBug }, () => ({
      bug,
      lines: withStrayLines(
        options.repeatsHeader === true
          ? withRepeatedHeader(writeTrace(bug, random), random)
          : withHeader(writeTrace(bug, random), bug, random),
        options.strayRatio,
        random
      ),
    }))
  );
}

// Loggers print their own line before the trace, with a message that says nothing about the bug.
function withHeader(lines: readonly string[], bug: Bug, random: SeededRandom): readonly string[] {
  const canHaveHeader = bug.language === 'jvm' || bug.language === 'python' || bug.language === 'javascript';
  return canHaveHeader && random.isChance(0.4)
    ? [
        `2026-11-21 03:${10 + random.below(50)}:${10 + random.below(50)},${100 + random.below(900)} ERROR [worker-${random.below(40)}] request failed`,
        ...lines,
      ]
    : lines;
}

function withRepeatedHeader(lines: readonly string[], random: SeededRandom): readonly string[] {
  const thread = `worker-${random.below(40)}`;
  return lines.map(
    (line) => `2026-11-21 03:11:${10 + random.below(50)},${100 + random.below(900)} ERROR [${thread}] ${line}`
  );
}

function withStrayLines(lines: readonly string[], ratio: number, random: SeededRandom): readonly string[] {
  return lines.flatMap((line, index) =>
    index > 0 && random.isChance(ratio)
      ? [
          `2026-11-21 03:12:${10 + random.below(50)},${100 + random.below(900)} INFO [health] ok in ${random.below(90)} ms`,
          line,
        ]
      : [line]
  );
}

/** Precision, recall and F1 of grouping over all pairs of items: a pair is right when both or neither put it together. */
export function pairwiseScore(pairs: ReadonlyArray<{ readonly expected: string; readonly actual: string }>): {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
} {
  const together = pairCount(pairs.map((pair) => `${pair.expected}\u0000${pair.actual}`));
  const precision = together / pairCount(pairs.map((pair) => pair.actual));
  const recall = together / pairCount(pairs.map((pair) => pair.expected));
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function pairCount(keys: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const key of keys) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
