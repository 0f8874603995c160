import type { TemplatePart } from '@loghunter/contracts';

/** The template as text for measuring: a variable place counts as one character. */
export function templatePlainText(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '\u0000')).join('');
}

/** The parts up to an offset of {@link templatePlainText}. */
export function cutParts(parts: readonly TemplatePart[], endOffset: number): readonly TemplatePart[] {
  const kept: TemplatePart[] = [];
  let offset = 0;
  for (const part of parts) {
    const left = endOffset - offset;
    if (left <= 0) {
      break;
    }
    const length = part.kind === 'text' ? part.text.length : 1;
    kept.push(part.kind === 'text' && length > left ? { kind: 'text', text: part.text.slice(0, left) } : part);
    offset += length;
  }
  return kept;
}
