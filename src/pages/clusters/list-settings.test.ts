import {
  defaultListSettings,
  hasFilters,
  listSettingsFromUrl,
  listSettingsToUrl,
  nextSort,
  statesOf,
  withoutFilters,
  type ListSettings,
} from './list-settings';

const chosen: ListSettings = {
  tab: 'regressed',
  text: 'a & b',
  levels: ['error', 'warn'],
  assignee: 'me',
  isUnseenOnly: true,
  sort: 'service',
  order: 'desc',
};

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
    ['an unknown state', { state: 'asleep' }],
    ['a page of an older version', { page: '3' }],
  ])('become the default for %s', (_, values) => {
    expect(listSettingsFromUrl(values)).toEqual(defaultListSettings);
  });

  it('take one level or several', () => {
    expect(listSettingsFromUrl({ level: 'warn' }).levels).toEqual(['warn']);
    expect(listSettingsFromUrl({ level: ['warn', 'error'] }).levels).toEqual(['error', 'warn']);
  });
});

describe('tabs', () => {
  it('hide what is done or ignored unless it is asked for', () => {
    expect(statesOf('open')).not.toContain('resolved');
    expect(statesOf('open')).not.toContain('ignored');
    expect(statesOf('all')).toEqual([]);
    expect(statesOf('ignored')).toEqual(['ignored']);
  });

  it('of open clusters count as a filter, so that an empty list offers the rest', () => {
    expect(hasFilters(defaultListSettings)).toBe(true);
    expect(hasFilters({ ...chosen, ...withoutFilters })).toBe(false);
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
