import { investigationSettingsFromUrl, investigationSettingsToUrl } from './investigation-settings';

describe('settings of the list of investigations', () => {
  it('come back from the URL as they went', () => {
    const chosen = { state: 'mitigated', text: 'black friday', page: 2 } as const;
    expect(investigationSettingsFromUrl(investigationSettingsToUrl(chosen))).toEqual(chosen);
  });

  it('take nothing from a URL that makes no sense', () => {
    expect(investigationSettingsFromUrl({ state: 'lost', q: 'x'.repeat(300), page: '0' })).toEqual({
      state: undefined,
      text: 'x'.repeat(200),
      page: 1,
    });
  });
});
