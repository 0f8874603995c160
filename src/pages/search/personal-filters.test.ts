import { config } from '@grafana/runtime';
import { keepPersonalFilter, readPersonalFilters, removePersonalFilter } from './personal-filters';

describe('personal filters', () => {
  beforeEach(() => {
    window.localStorage.clear();
    config.bootData.user.login = 'ada';
  });

  it('are kept by name, the newest in place of an older one', () => {
    keepPersonalFilter({ name: 'a', search: 'text=1' });
    keepPersonalFilter({ name: 'b', search: 'text=2' });
    keepPersonalFilter({ name: 'a', search: 'text=3' });
    expect(readPersonalFilters()).toEqual([
      { name: 'b', search: 'text=2' },
      { name: 'a', search: 'text=3' },
    ]);
    expect(removePersonalFilter('b')).toEqual([{ name: 'a', search: 'text=3' }]);
  });

  it('are those of the person who is signed in', () => {
    keepPersonalFilter({ name: 'a', search: '' });
    config.bootData.user.login = 'ben';
    expect(readPersonalFilters()).toEqual([]);
  });

  it.each(['nonsense', '{}', '[1, {"name": 2}]'])('survive %j in the storage', (stored) => {
    keepPersonalFilter({ name: 'a', search: '' });
    for (const key of Object.keys(window.localStorage)) {
      window.localStorage.setItem(key, stored);
    }
    expect(readPersonalFilters()).toEqual([]);
  });
});
