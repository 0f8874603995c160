import type { Labels } from '@loghunter/engine/records';

/** Streams by the values of one label; '' are those without it. */
export interface LabelValues {
  readonly name: string;
  readonly byValue: ReadonlyMap<string, readonly Labels[]>;
}

/** The label, of those named, that has most values, two at least and `maxValueCount` at most; undefined when there is none. */
export function widestLabel(
  streams: readonly Labels[],
  names: readonly string[],
  maxValueCount = Number.POSITIVE_INFINITY
): LabelValues | undefined {
  let widest: LabelValues | undefined;
  for (const name of names) {
    const byValue = Map.groupBy(streams, (labels) => labels[name] ?? '');
    if (byValue.size > (widest?.byValue.size ?? 1) && byValue.size <= maxValueCount) {
      widest = { name, byValue };
    }
  }
  return widest;
}

/** Puts values together as long as their streams fit, one value at least. */
export function packValues({ byValue }: LabelValues, maxStreams: number): readonly string[][] {
  const packs: string[][] = [];
  let room = 0;
  for (const [value, members] of byValue) {
    const pack = packs.at(-1);
    if (pack !== undefined && members.length <= room) {
      pack.push(value);
      room -= members.length;
    } else {
      packs.push([value]);
      room = maxStreams - members.length;
    }
  }
  return packs;
}
