import { explainText, maskedTypes } from './line-text';

const text = 'ts=1 took 31ms';
const spans = [
  { start: 0, end: 5, kind: 'peeled', type: 'timestamp' },
  { start: 5, end: 10, kind: 'kept', type: '' },
  { start: 10, end: 14, kind: 'masked', type: 'duration' },
] as const;

describe('explainText', () => {
  it('cuts a line into its spans', () => {
    expect(explainText(text, spans).map((piece) => [piece.text, piece.kind, piece.type])).toEqual([
      ['ts=1 ', 'peeled', 'timestamp'],
      ['took ', 'kept', ''],
      ['31ms', 'masked', 'duration'],
    ]);
  });

  it('ends where the text is folded', () => {
    expect(
      explainText(text, spans, 12)
        .map((piece) => piece.text)
        .join('|')
    ).toBe('ts=1 |took |31');
  });

  it('keeps text that no span explains', () => {
    const joined = explainText(text, [{ start: 10, end: 12, kind: 'masked', type: 'number' }]);
    expect(joined.map((piece) => piece.text).join('')).toBe(text);
    expect(joined.map((piece) => piece.kind)).toEqual(['kept', 'masked', 'kept']);
  });

  it('survives spans that reach beyond the text', () => {
    expect(explainText('ab', [{ start: 1, end: 99, kind: 'masked', type: 'x' }]).map((piece) => piece.text)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('maskedTypes', () => {
  it('names each type once', () => {
    expect(maskedTypes([{ spans }, { spans }])).toEqual(['duration']);
  });
});
