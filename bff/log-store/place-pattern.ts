import type { Labels } from '@loghunter/engine/records';
import type { LogPattern } from '@loghunter/ports';
import type { EventIdentifier } from '../events/identify-event.ts';

/** A place that any value stood in; a number reads as a value in every format. */
const anyValue = /<_>/g;
const standIn = '42';

/** The cluster in which lines of Loki's pattern are counted when they come from a stream with these labels; it need not exist. */
export function placePattern(
  identifier: Pick<EventIdentifier, 'identify' | 'canonicalIdOf'>,
  { text, firstMs }: Pick<LogPattern, 'text' | 'firstMs'>,
  labels: Labels
): string {
  const line = text.replace(anyValue, standIn);
  const entry = { labels, timestampNs: BigInt(firstMs) * 1_000_000n, line, metadata: {} };
  return identifier.canonicalIdOf(identifier.identify({ entries: [entry], text: line }));
}
