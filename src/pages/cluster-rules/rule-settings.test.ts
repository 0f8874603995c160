import { defaultRuleSettings, ruleSettingsFromUrl, ruleSettingsToUrl, type RuleSettings } from './rule-settings';

describe('rule settings in the URL', () => {
  it('come back as they were', () => {
    const chosen: RuleSettings = { kinds: ['merge', 'mask'], includesUndone: true, page: 3 };
    expect(ruleSettingsFromUrl(ruleSettingsToUrl(chosen))).toEqual(chosen);
  });

  it.each([
    ['an unknown kind', { kind: 'odd' }],
    ['a page that is no number', { page: 'x' }],
    ['a page before the first', { page: '0' }],
    ['a page beyond what the server gives', { page: '9999999' }],
  ])('become the default for %s', (_, values) => {
    expect(ruleSettingsFromUrl(values)).toEqual(defaultRuleSettings);
  });
});
