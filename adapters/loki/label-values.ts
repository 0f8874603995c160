import { anyOf, quoteText } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';

/** Streams by the values of one label; '' are those without it. */
export interface LabelValues {
  readonly name: string;
  readonly byValue: ReadonlyMap<string, readonly Labels[]>;
}

/**
 * What values may take of a query's text, in bytes. Loki refuses queries of 128 KiB (syntax.ParseExpr, `maxInputSize`); long before that,
 * going through them costs more than dividing saves.
 */
export const maxValueBytes = 16 * 1024;

/** Bytes of a value in the text of a query. */
function sizeOf(value: string): number {
  return Buffer.byteLength(quoteText(anyOf(value)));
}

/** The label, of those named, that has most values, two at least and `maxBytes` together at most; undefined when there is none. */
export function widestLabel(
  streams: readonly Labels[],
  names: readonly string[],
  maxBytes?: number
): LabelValues | undefined {
  let widest: LabelValues | undefined;
  for (const name of names) {
    const byValue = Map.groupBy(streams, (labels) => labelOf(labels, name) ?? '');
    if (byValue.size > (widest?.byValue.size ?? 1) && (maxBytes === undefined || isWithin(byValue.keys(), maxBytes))) {
      widest = { name, byValue };
    }
  }
  return widest;
}

function isWithin(values: Iterable<string>, maxBytes: number): boolean {
  let size = 0;
  for (const value of values) {
    size += sizeOf(value);
    if (size > maxBytes) {
      return false;
    }
  }
  return true;
}

/** Puts values together as long as their streams and, in a query, their text fit; one value at least. */
export function packValues({ byValue }: LabelValues, maxStreams: number): readonly string[][] {
  const packs: string[][] = [];
  let room = 0;
  let bytesLeft = 0;
  for (const [value, members] of byValue) {
    const pack = packs.at(-1);
    const size = sizeOf(value);
    if (pack !== undefined && members.length <= room && size <= bytesLeft) {
      pack.push(value);
    } else {
      packs.push([value]);
      room = maxStreams;
      bytesLeft = maxValueBytes;
    }
    room -= members.length;
    bytesLeft -= size;
  }
  return packs;
}
