import {
  baselineRange,
  compareSettingsFromUrl,
  compareSettingsToUrl,
  defaultCompareSettings,
  deployRanges,
  isComparable,
  sidesOf,
  type CompareSettings,
} from './compare-settings';

const hourMs = 3_600_000;
const after = { fromMs: 100 * hourMs, toMs: 101 * hourMs };

describe('compare settings in the URL', () => {
  const chosen: CompareSettings = {
    ...defaultCompareSettings,
    baseline: 'custom',
    custom: { fromMs: 10 * hourMs, toMs: 12 * hourMs },
    kinds: ['new', 'gone'],
  };

  it('keep what the sides differ in', () => {
    const values: CompareSettings = {
      ...{ ...defaultCompareSettings, subject: 'label', label: 'version', left: '1.0', right: '1.1' },
      deploy: '5d1c1f0a-8d1b-4b5e-9d3e-000000000001',
    };
    expect(compareSettingsFromUrl(compareSettingsToUrl(values))).toEqual(values);
    expect(sidesOf(values, after)).toEqual({ label: 'version', beforeValue: ['1.0'], value: ['1.1'] });
    expect(sidesOf({ ...values, subject: 'service' }, after)).toEqual({ beforeService: ['1.0'], service: ['1.1'] });
    expect(sidesOf({ ...values, subject: 'time' }, after)).toEqual({ deploy: values.deploy });
    expect(isComparable(values)).toBe(true);
    expect(isComparable({ ...values, label: '' })).toBe(false);
    expect(isComparable({ ...values, right: '' })).toBe(false);
  });

  it('come back as they were', () => {
    expect(compareSettingsFromUrl(compareSettingsToUrl(chosen))).toEqual(chosen);
  });

  it.each([
    ['no values', {}],
    ['an unknown baseline', { with: 'never' }],
    ['a range that ends before it starts', { with: 'custom', beforeFrom: '20', beforeTo: '10' }],
    ['a range that is no number', { with: 'custom', beforeFrom: 'x', beforeTo: '10' }],
    ['an unknown kind', { kind: ['odd'] }],
    ['an unknown subject', { what: 'mood' }],
    ['a deploy that is no id', { deploy: '../admin' }],
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
    expect(baselineRange({ baseline: 'custom', custom }, after)).toEqual(custom);
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
