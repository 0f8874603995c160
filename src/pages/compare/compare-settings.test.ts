import {
  baselineRange,
  compareSettingsFromUrl,
  compareSettingsToUrl,
  defaultCompareSettings,
  deployRanges,
  type CompareSettings,
} from './compare-settings';

const hourMs = 3_600_000;
const after = { fromMs: 100 * hourMs, toMs: 101 * hourMs };

describe('compare settings in the URL', () => {
  const chosen: CompareSettings = {
    baseline: 'custom',
    custom: { fromMs: 10 * hourMs, toMs: 12 * hourMs },
    kinds: ['new', 'gone'],
  };

  it('come back as they were', () => {
    expect(compareSettingsFromUrl(compareSettingsToUrl(chosen))).toEqual(chosen);
  });

  it.each([
    ['no values', {}],
    ['an unknown baseline', { with: 'never' }],
    ['a range that ends before it starts', { with: 'custom', beforeFrom: '20', beforeTo: '10' }],
    ['a range that is no number', { with: 'custom', beforeFrom: 'x', beforeTo: '10' }],
    ['an unknown kind', { kind: ['odd'] }],
  ])('become the default for %s', (_, values) => {
    expect(compareSettingsFromUrl(values)).toEqual(defaultCompareSettings);
  });
});

describe('baselineRange', () => {
  it('is as long as the range and ends where it starts', () => {
    expect(baselineRange(defaultCompareSettings, after)).toEqual({ fromMs: 99 * hourMs, toMs: 100 * hourMs });
  });

  it.each([
    ['day', 24],
    ['week', 168],
  ] as const)('is the same time a %s earlier', (baseline, hours) => {
    expect(baselineRange({ ...defaultCompareSettings, baseline }, after)).toEqual({
      fromMs: (100 - hours) * hourMs,
      toMs: (101 - hours) * hourMs,
    });
  });

  it('is the one that was drawn', () => {
    const custom = { fromMs: 1, toMs: 2 };
    expect(baselineRange({ baseline: 'custom', custom, kinds: [] }, after)).toEqual(custom);
  });
});

describe('deployRanges', () => {
  it('are an hour on each side', () => {
    expect(deployRanges(50 * hourMs, 60 * hourMs)).toEqual({
      before: { fromMs: 49 * hourMs, toMs: 50 * hourMs },
      after: { fromMs: 50 * hourMs, toMs: 51 * hourMs },
    });
  });

  it('are as long as there is time since a deploy of just now', () => {
    const { before, after } = deployRanges(50 * hourMs, 50.25 * hourMs);
    expect(after.toMs - after.fromMs).toBe(hourMs / 4);
    expect(before.toMs - before.fromMs).toBe(hourMs / 4);
  });
});
