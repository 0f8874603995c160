import { changeText, errorRate } from './rates';

describe('changeText', () => {
  it.each([
    [112, 100, '12 % more than before'],
    [84_015, 100, '840 times as much as before'],
    [40, 100, '60 % less than before'],
    [103, 100, 'about as before'],
    [5, 0, 'none before'],
    [0, 0, 'none before either'],
  ])('of %d after %d is %s', (now, before, text) => {
    expect(changeText(now, before)).toBe(text);
  });
});

describe('errorRate', () => {
  it('is nothing without events', () => {
    expect(errorRate({ eventCount: 0, errorCount: 0 })).toBe(0);
    expect(errorRate({ eventCount: 8, errorCount: 2 })).toBe(0.25);
  });
});
