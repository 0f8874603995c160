import { boundsWord, chanceWord, sizeWord } from './change-words';

describe('sizeWord', () => {
  it.each([
    ['up', 8.24, '8.2 times'],
    ['up', 123.4, '123 times'],
    ['down', 0.2, '20 % of before'],
    ['new', null, ''],
    ['gone', 0, ''],
  ] as const)('of %s with ratio %s is %s', (kind, ratio, text) => {
    expect(sizeWord({ kind, ratio })).toBe(text);
  });
});

describe('boundsWord', () => {
  it('says both ends, or the one that there is', () => {
    expect(boundsWord({ ratioLow: 5.1, ratioHigh: 13.2 })).toBe('5.1 to 13 times');
    expect(boundsWord({ ratioLow: 4, ratioHigh: null })).toBe('at least 4.0 times');
  });

  it('says nothing where the change may be one for less and has no upper end', () => {
    expect(boundsWord({ ratioLow: 0.04, ratioHigh: null })).toBe('');
  });
});

describe('chanceWord', () => {
  it.each([
    [0.4, 'chance alone does this in 40 % of cases'],
    [0.004, 'chance alone does this once in 300 cases'],
    [0, 'chance alone does this once in 1B cases'],
  ])('of %s is %s', (probability, text) => {
    expect(chanceWord(probability)).toBe(text);
  });
});
