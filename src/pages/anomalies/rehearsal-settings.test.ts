import { rehearsalSettingsFromUrl, rehearsalSettingsToUrl } from './rehearsal-settings';

describe('settings of a rehearsal', () => {
  it('come back from the URL as they went', () => {
    const chosen = { days: 14, sensitivity: 2, leastSeverity: 'high', jobId: 'a-b' } as const;
    expect(rehearsalSettingsFromUrl(rehearsalSettingsToUrl(chosen))).toEqual(chosen);
  });

  it.each(['0', '31', '1.5', 'x', ''])('take the usual days for %p', (days) => {
    expect(rehearsalSettingsFromUrl({ days }).days).toBe(7);
  });
});
