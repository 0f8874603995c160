// Words that no query can use as a label's name: the `tokens` of Loki's lexer, which ignores case (pkg/logql/syntax/lex.go of
// Loki 3.7), and two that only the grammar used here keeps for itself (label_replace, vector).
const reservedWords = new Set(
  (
    'and bool by decolorize drop group_left group_right ignoring json keep label_format label_replace line_format logfmt of ' +
    'offset on or pattern regexp unless unpack unwrap variants vector without'
  ).split(' ')
);

const writtenName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a LogQL query can mention a label of this name: letters, digits and underscores, not a reserved word. */
export function isQueryableLabelName(name: string): boolean {
  return writtenName.test(name) && !reservedWords.has(name.toLowerCase());
}
