import { asksSomething, defaultSearchSettings, searchFromUrl, searchToUrl } from './search-settings';

describe('search settings', () => {
  it.each([
    { ...defaultSearchSettings, text: 'timeout', levels: ['fatal', 'error'] as const },
    { ...defaultSearchSettings, mode: 'logql' as const, logql: '{app="a"} |= "x"' },
    { ...defaultSearchSettings, mode: 'logql' as const },
  ])('come back from the URL as they were: %j', (settings) => {
    expect(searchFromUrl(searchToUrl(settings))).toEqual(settings);
  });

  it('drop levels that do not exist', () => {
    expect(searchFromUrl({ level: ['error', 'loud'] }).levels).toEqual(['error']);
  });

  it.each([
    ['nothing', {}, false],
    ['blanks', { text: '  ' }, false],
    ['a text', { text: 'x' }, true],
    ['a level', { levels: ['error'] as const }, true],
    ['a text while LogQL is wanted', { mode: 'logql' as const, text: 'x' }, false],
  ])('with %s ask something: %s', (_, change, expected) => {
    expect(asksSomething({ ...defaultSearchSettings, ...change })).toBe(expected);
  });
});
