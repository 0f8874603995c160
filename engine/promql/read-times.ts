import type { SyntaxNode, Tree } from '@lezer/common';

import { parseDuration } from '../logql/durations.ts';
import { Refused } from './refused.ts';

/** Where in time a query reads, besides the times that are asked for. */
export interface ReadTime {
  readonly kind: 'range' | 'subquery' | 'offset' | 'at';
  /** The length of a range, the size of an offset, or the time of `@` since 1970; for `@ start()` and `@ end()` there is no entry. */
  readonly timeMs: number;
  /** How often a subquery's inside is computed for one value, with those of the subqueries around it; 1 for others. Infinite for no step. */
  readonly evaluationCount: number;
  readonly position: number;
}

/** What is read beyond the asked times. */
export interface ReadTimes {
  readonly times: readonly ReadTime[];
  /** Ranges, subqueries and offsets that stand around each other add up: the farthest way back. */
  readonly reachBackMs: number;
}

// Prometheus computes a subquery without a step at its global evaluation interval, one minute unless configured.
const defaultStepMs = 60_000;

/** Reads all ranges, subqueries, offsets and `@` of a query. Throws `Refused` for a duration that is more than a number with units. */
export function readTimes(text: string, tree: Tree): ReadTimes {
  const times: ReadTime[] = [];
  const around: Array<{ readonly node: SyntaxNode; readonly backMs: number; readonly evaluationCount: number }> = [];
  let reachBackMs = 0;
  tree.iterate({
    enter({ node }) {
      const outer = around.at(-1) ?? { backMs: 0, evaluationCount: 1 };
      const time = readTime(text, node, outer.evaluationCount);
      if (time === null) {
        return;
      }
      times.push(time);
      const ownMs = time.kind === 'at' ? 0 : time.kind === 'offset' ? Math.max(0, offsetOf(text, node)) : time.timeMs;
      around.push({ node, backMs: outer.backMs + ownMs, evaluationCount: time.evaluationCount });
      reachBackMs = Math.max(reachBackMs, outer.backMs + ownMs);
    },
    leave({ name, from, to }) {
      const last = around.at(-1);
      if (last !== undefined && last.node.name === name && last.node.from === from && last.node.to === to) {
        around.pop();
      }
    },
  });
  return { times, reachBackMs };
}

function readTime(text: string, node: SyntaxNode, outerCount: number): ReadTime | null {
  const position = node.to;
  switch (node.name) {
    case 'MatrixSelector':
      return { kind: 'range', timeMs: durationsOf(text, node)[0] ?? 0, evaluationCount: outerCount, position };
    case 'SubqueryExpr': {
      const [rangeMs = 0, stepMs = defaultStepMs] = durationsOf(text, node);
      return { kind: 'subquery', timeMs: rangeMs, evaluationCount: outerCount * Math.ceil(rangeMs / stepMs), position };
    }
    case 'OffsetExpr':
      return { kind: 'offset', timeMs: Math.abs(offsetOf(text, node)), evaluationCount: outerCount, position };
    case 'StepInvariantExpr': {
      // The expression itself may be a number: the time is the one behind the `@`.
      const time = node.getChild('At')?.nextSibling ?? null;
      return time?.name === 'NumberDurationLiteral'
        ? { kind: 'at', timeMs: secondsOf(text, time) * 1000, evaluationCount: outerCount, position }
        : null;
    }
    default:
      return null;
  }
}

function durationsOf(text: string, node: SyntaxNode): readonly number[] {
  return node.getChildren('DurationExpr').map((duration) => {
    const written = text.slice(duration.from, duration.to);
    const durationMs = millisecondsOf(written, duration.from);
    if (durationMs <= 0) {
      throw new Refused('invalid', `a range or a step is longer than nothing, not '${written}'`, duration.from);
    }
    return durationMs;
  });
}

function offsetOf(text: string, node: SyntaxNode): number {
  const offset = node.getChild('OffsetDurationExpr');
  return offset === null ? 0 : millisecondsOf(text.slice(offset.from, offset.to), offset.from);
}

function millisecondsOf(written: string, position: number): number {
  const durationNs = parseDuration(written.replaceAll(/\s/g, ''));
  // PromQL counts in milliseconds; units below, fractions and bare seconds are not in every version.
  if (durationNs === null || /[.nuµ]/.test(written)) {
    throw new Refused('not-supported', `duration '${written}'`, position);
  }
  return Number(durationNs / 1_000_000n);
}

function secondsOf(text: string, node: SyntaxNode): number {
  const written = text.slice(node.from, node.to).replaceAll(/\s/g, '');
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(written)) {
    throw new Refused('not-supported', `time '${written}' after @`, node.from);
  }
  return Number(written);
}
