/** A piece of a claim: words, or the ids of findings and lines that stand behind them in brackets. */
export type CitedPiece =
  { readonly kind: 'words'; readonly text: string } | { readonly kind: 'ids'; readonly ids: readonly string[] };

const idList = /\(([FL]\d+(?:, [FL]\d+)*)\)/g;

/** Splits a text as explanations write it, `The pool is exhausted (F1, L1).` */
export function splitCited(text: string): readonly CitedPiece[] {
  const pieces: CitedPiece[] = [];
  let end = 0;
  for (const found of text.matchAll(idList)) {
    pieces.push({ kind: 'words', text: text.slice(end, found.index) });
    pieces.push({ kind: 'ids', ids: (found[1] ?? '').split(', ') });
    end = found.index + found[0].length;
  }
  return [...pieces, { kind: 'words' as const, text: text.slice(end) }].filter(
    (piece) => piece.kind === 'ids' || piece.text !== ''
  );
}
