import { createPseudonymizer, mayBePrivate, splitAtPseudonyms } from '../redaction/index.ts';
import { analyzeLine } from '../templates/index.ts';
import type { LineSpan } from '../templates/index.ts';

/**
 * Which stretches of a line its cluster keeps and which it masks; tiles the line from 0 to its length, in order. A private
 * value that clustering does not see lies within one masked stretch. Time linear in the line's length.
 * @example lineSpansOf('password=correct17').map((span) => span.kind) // ['kept', 'masked']
 */
export function lineSpansOf(line: string): readonly LineSpan[] {
  if (!mayBePrivate(line)) {
    return analyzeLine(line).spans;
  }
  const pseudonymizer = createPseudonymizer();
  const shown = pseudonymizer.pseudonymize(line);
  const pieces = splitAtPseudonyms(shown, pseudonymizer.mapping);
  let [piece, shownStart, start] = [0, 0, 0];
  // Places come in order, so each piece is passed once.
  function placeOf(place: number): number {
    for (let current = pieces[piece]; current !== undefined; current = pieces[piece]) {
      if (place < shownStart + current.shownLength) {
        return start + (current.length === current.shownLength ? place - shownStart : 0);
      }
      shownStart += current.shownLength;
      start += current.length;
      piece += 1;
    }
    return line.length;
  }
  let end = 0;
  return analyzeLine(shown).spans.flatMap((span): LineSpan[] => {
    const from = end;
    end = Math.max(from, placeOf(span.end));
    return end > from ? [{ ...span, start: from, end }] : [];
  });
}
