// Lines of the test with faults: all different, of 40 templates, some late, some out of order, and 12,000 on one nanosecond.
import type { Labels } from '@loghunter/engine/records';
import { generateMinute, phraseOf } from './scanner-lines.ts';

export const minuteMs = 60_000;

/** Words that only the lines on one nanosecond hold. */
export const burstPhrase = 'replayed journal entry';
export const burstLineCount = 12_000;

/** A number from 0 to below 1. */
export type Random = () => number;

/** A line as it reaches Loki. */
export interface ArrivingLine {
  readonly phrase: string;
  readonly labels: Labels;
  readonly atMs: number;
  readonly timestampNs: bigint;
  readonly line: string;
}

/** Lines that reach Loki at one moment. */
export interface Arrivals {
  readonly atMs: number;
  readonly lines: readonly ArrivingLine[];
}

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Four arrivals a second; the lines on one nanosecond come in the middle. */
export function createArrivals(plan: {
  readonly lineCount: number;
  readonly seconds: number;
  readonly startMs: number;
  readonly random: Random;
}): readonly Arrivals[] {
  const { seconds, startMs, random } = plan;
  const arrivalCount = seconds * 4;
  const perArrival = Math.ceil((plan.lineCount - burstLineCount) / arrivalCount);
  return Array.from({ length: arrivalCount }, (_, arrival) => {
    const atMs = startMs + arrival * 250;
    // Made for a minute of their own each, so that every serial number is new.
    const lines = generateMinute(arrival * minuteMs, perArrival).map((generated, index): ArrivingLine => {
      const lineMs = Math.floor(atMs - latenessOf(random()) - random() * 200);
      const { templateId, labels, line } = generated;
      return {
        phrase: phraseOf(templateId),
        labels,
        atMs: lineMs,
        timestampNs: BigInt(lineMs) * 1_000_000n + BigInt(index % 5) * 7n,
        line,
      };
    });
    return { atMs, lines: arrival === Math.floor(arrivalCount / 2) ? [...lines, ...createBurst(atMs)] : lines };
  });
}

// 2 % by 90 s, half a percent each by 10 and 50 minutes, 5 % somewhat out of order.
function latenessOf(chance: number): number {
  if (chance < 0.02) {
    return 90_000;
  }
  if (chance < 0.03) {
    return chance < 0.025 ? 600_000 : 3_000_000;
  }
  return chance < 0.08 ? 1000 + (chance - 0.03) * 400_000 : 0;
}

function createBurst(atMs: number): readonly ArrivingLine[] {
  const timestampNs = BigInt(atMs) * 1_000_000n + 3n;
  return Array.from({ length: burstLineCount }, (_, index) => ({
    phrase: burstPhrase,
    labels: { service_name: 'service-1', namespace: 'team-1', pod: 'journal' },
    atMs,
    timestampNs,
    line: `${burstPhrase} ${index} of partition ${index % 7}`,
  }));
}

/** Lines of each phrase by the minute of their time. */
export function countTruth(lines: readonly ArrivingLine[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { phrase, atMs } of lines) {
    const minute = new Date(Math.floor(atMs / minuteMs) * minuteMs).toISOString();
    const ofPhrase = (counts[phrase] ??= {});
    ofPhrase[minute] = (ofPhrase[minute] ?? 0) + 1;
  }
  return counts;
}
