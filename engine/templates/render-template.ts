import type { TemplatePart } from './template-part.ts';

/**
 * A template on one line, variables written `<*>`, runs of blanks as one blank.
 * @example renderTemplate([{ kind: 'text', text: 'took ' }, { kind: 'variable', type: 'number' }]) // 'took <*>'
 */
export function renderTemplate(parts: readonly TemplatePart[]): string {
  let rendered = '';
  for (const part of parts) {
    rendered += part.kind === 'text' ? part.text : '<*>';
  }
  return rendered.replaceAll(/[\s\u0085\u2028\u2029]+/g, ' ').trim();
}
