import {
  defaultListSettings,
  listSettingsFromUrl,
  listSettingsToUrl,
  nextSort,
  type ListSettings,
} from './list-settings';

const chosen: ListSettings = { text: 'a & b', levels: ['error', 'warn'], sort: 'service', order: 'desc', page: 3 };

describe('list settings in the URL', () => {
  it('come back as they were', () => {
    expect(listSettingsFromUrl(listSettingsToUrl(chosen))).toEqual(chosen);
  });

  it('leave out what equals the default', () => {
    expect(listSettingsToUrl(defaultListSettings)).toEqual({ level: [] });
  });

  it.each([
    ['an unknown sort', { sort: 'size' }],
    ['an unknown level', { level: 'loud' }],
    ['a page that is no number', { page: 'x' }],
    ['a page before the first', { page: '0' }],
    ['a page beyond what the server gives', { page: '99999' }],
  ])('become the default for %s', (_, values) => {
    expect(listSettingsFromUrl(values)).toEqual(defaultListSettings);
  });

  it('take one level or several', () => {
    expect(listSettingsFromUrl({ level: 'warn' }).levels).toEqual(['warn']);
    expect(listSettingsFromUrl({ level: ['warn', 'error'] }).levels).toEqual(['error', 'warn']);
  });
});

describe('nextSort', () => {
  it('turns the order of the header that sorts', () => {
    expect(nextSort(defaultListSettings, 'count')).toEqual({ sort: 'count', order: 'asc' });
  });

  it('starts services at A and figures at the largest', () => {
    expect(nextSort(defaultListSettings, 'service').order).toBe('asc');
    expect(nextSort(chosen, 'lastSeen').order).toBe('desc');
  });
});
