import { clusterSettingsFromUrl, clusterSettingsToUrl, defaultClusterSettings } from './cluster-settings';

describe('cluster settings in the URL', () => {
  it('come back as they were', () => {
    const chosen = { view: 'history', lineText: 'user=7', lineAt: '1795258800000000001' } as const;
    expect(clusterSettingsFromUrl(clusterSettingsToUrl(chosen))).toEqual(chosen);
  });

  it.each([
    ['an unknown view', { view: 'odd' }],
    ['a line that is no time', { line: 'x1' }],
    ['no values', {}],
  ])('become the default for %s', (_, values) => {
    expect(clusterSettingsFromUrl(values)).toEqual(defaultClusterSettings);
  });
});
