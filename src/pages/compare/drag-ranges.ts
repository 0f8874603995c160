import type { MsRange } from './compare-settings';

/** What of the two ranges is being drawn. */
export interface Ranges {
  readonly before: MsRange;
  readonly after: MsRange;
}

export type Side = keyof Ranges;

/** A grip on a range: one of its ends, or the whole of it. */
export interface Grip {
  readonly side: Side;
  readonly part: 'start' | 'end' | 'whole';
}

/** Counts have a resolution of one minute. */
export const stepMs = 60_000;

function round(ms: number): number {
  return Math.round(ms / stepMs) * stepMs;
}

/** The ranges after a grip was moved by some time; a range stays at least a minute long and inside the bounds. */
export function dragRange(ranges: Ranges, { side, part }: Grip, byMs: number, bounds: MsRange): Ranges {
  const { fromMs, toMs } = ranges[side];
  const clamp = (ms: number, lowest: number, highest: number) => Math.max(lowest, Math.min(highest, round(ms)));
  if (part === 'start') {
    return { ...ranges, [side]: { fromMs: clamp(fromMs + byMs, bounds.fromMs, toMs - stepMs), toMs } };
  }
  if (part === 'end') {
    return { ...ranges, [side]: { fromMs, toMs: clamp(toMs + byMs, fromMs + stepMs, bounds.toMs) } };
  }
  const start = clamp(fromMs + byMs, bounds.fromMs, bounds.toMs - (toMs - fromMs));
  return { ...ranges, [side]: { fromMs: start, toMs: start + toMs - fromMs } };
}

/** What the graph shows: both ranges, with some air before them. Nothing after: what comes then may be the future. */
export function graphBounds({ before, after }: Ranges): MsRange {
  const fromMs = Math.min(before.fromMs, after.fromMs);
  const toMs = Math.max(before.toMs, after.toMs);
  const airMs = Math.max(stepMs, (toMs - fromMs) / 10);
  return { fromMs: round(fromMs - airMs), toMs };
}
