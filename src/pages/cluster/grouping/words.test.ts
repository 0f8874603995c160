import { maskableWords, variablePlaces } from './words';

describe('maskableWords', () => {
  it('counts equal words, and leaves out what is no word', () => {
    const kept = ['order [', 'eu-west] to', 'order:'].map((text) => ({ text, type: '' }));
    expect(maskableWords(kept)).toEqual([
      { word: 'order', occurrence: 0 },
      { word: 'eu-west', occurrence: 0 },
      { word: 'to', occurrence: 0 },
      { word: 'order', occurrence: 1 },
    ]);
  });
});

describe('variablePlaces', () => {
  it('numbers the places and keeps what stands around them', () => {
    const places = variablePlaces([
      { kind: 'variable', type: 'ip' },
      { kind: 'text', text: ' took ' },
      { kind: 'variable', type: 'duration' },
      { kind: 'variable', type: '' },
    ]);
    expect(places).toEqual([
      { variable: 0, type: 'ip', before: '', after: ' took ' },
      { variable: 1, type: 'duration', before: ' took ', after: '' },
      { variable: 2, type: '', before: '', after: '' },
    ]);
  });
});
