import { numberText } from './number-text';

describe('numberText', () => {
  it('writes durations with their unit', () => {
    const quantiles = [
      { ratio: 0.5, value: 31 },
      { ratio: 0.95, value: 1500 },
    ];
    expect(numberText({ unit: 'ms', valueCount: 9, min: 4, max: 90_000, quantiles, relativeError: 0.01 })).toBe(
      'min 4 ms · median 31 ms · p95 1.50 s · max 1.50 mins'
    );
  });

  it('leaves out what is not known', () => {
    expect(numberText({ unit: 'none', valueCount: 1, min: 7, max: 7, quantiles: [], relativeError: 0 })).toBe(
      'min 7 · max 7'
    );
  });
});
