import { describe, expect, it } from 'vitest';
import { renderTemplate } from './render-template.ts';

describe('rendering a template', () => {
  it('writes variables as one mark', () => {
    const parts = [
      { kind: 'text', text: 'took ' },
      { kind: 'variable', type: 'number' },
      { kind: 'text', text: ' ms' },
    ] as const;
    expect(renderTemplate(parts)).toBe('took <*> ms');
  });

  it('puts line breaks and tabs on one line', () => {
    expect(renderTemplate([{ kind: 'text', text: ' a\n\tb\u2028c ' }])).toBe('a b c');
  });

  it('is empty for no parts', () => {
    expect(renderTemplate([])).toBe('');
  });
});
