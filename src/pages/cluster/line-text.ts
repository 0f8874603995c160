import type { LineSpan } from '@loghunter/contracts';

/** A stretch of a line with its text and the reason it is treated so. */
export interface ExplainedText {
  readonly text: string;
  readonly kind: LineSpan['kind'];
  readonly type: string;
}

/**
 * Cuts a line into its spans, up to `endOffset` (UTF-16 units). Stretches that no span covers count as kept,
 * so that the text is always whole even when a server of another version explains less.
 */
export function explainText(text: string, spans: readonly LineSpan[], endOffset = text.length): ExplainedText[] {
  const pieces: ExplainedText[] = [];
  let position = 0;

  function push(end: number, kind: LineSpan['kind'], type: string) {
    const stop = Math.min(end, endOffset);
    if (stop > position) {
      pieces.push({ text: text.slice(position, stop), kind, type });
      position = stop;
    }
  }

  for (const span of spans) {
    push(span.start, 'kept', '');
    push(span.end, span.kind, span.type);
  }
  push(endOffset, 'kept', '');
  return pieces;
}

/** Types of the masked stretches of some lines, each once, in the order in which they appear. */
export function maskedTypes(lines: ReadonlyArray<{ readonly spans: readonly LineSpan[] }>): string[] {
  return [
    ...new Set(
      lines
        .flatMap((line) => line.spans)
        .filter((span) => span.kind === 'masked')
        .map((span) => span.type)
    ),
  ];
}
