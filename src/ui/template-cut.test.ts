import type { TemplatePart } from '@loghunter/contracts';
import { foldAt } from './fold';
import { cutParts, templatePlainText } from './template-cut';

const parts: readonly TemplatePart[] = [
  { kind: 'text', text: 'a ' },
  { kind: 'variable', type: 'number' },
  { kind: 'text', text: ' b\nc' },
];

describe('cutParts', () => {
  it('keeps everything up to the end', () => {
    expect(cutParts(parts, templatePlainText(parts).length)).toEqual(parts);
  });

  it('cuts inside a text', () => {
    expect(cutParts(parts, 5)).toEqual([parts[0], parts[1], { kind: 'text', text: ' b' }]);
  });

  it('leaves out a variable behind the cut', () => {
    expect(cutParts(parts, 2)).toEqual([parts[0]]);
  });
});

describe('foldAt', () => {
  it('leaves short texts whole', () => {
    expect(foldAt('1\n2\n3\n4\n5\n6\n')).toBeUndefined();
  });

  it('counts what it hides', () => {
    const text = ['1', '2', '3', '4', '5', '6', '7'].join('\n');
    expect(foldAt(text)).toEqual({ endOffset: '1\n2\n3\n4'.length, hiddenLineCount: 3 });
  });
});
