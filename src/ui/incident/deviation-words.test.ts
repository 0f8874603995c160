import { deviationWords } from './deviation-words';

describe('deviationWords', () => {
  it.each([
    [400, 50, '8 times the usual'],
    [125, 50, '2.5 times the usual'],
    [1234, 10, '120 times the usual'],
    [60_000, 1, '60,000 times the usual'],
    [70, 50, '40 % more than usual'],
    [51, 50, 'about as usual'],
    [50, 50, 'about as usual'],
    [20, 50, '60 % less than usual'],
    [0.01, 50, '99 % less than usual'],
    [0, 50, 'nothing at all'],
    [7, 0, 'usually none'],
    [17, 5e-9, 'usually none'],
    [0, 0, 'none, as usual'],
  ])('says of %d against %d: %s', (observed, expected, words) => {
    expect(deviationWords(observed, expected)).toBe(words);
  });
});
