import { savedSearchAddress } from './saved-search-address';

function open(filter: Parameters<typeof savedSearchAddress>[0], nowSearch = '') {
  return new URL(savedSearchAddress(filter, nowSearch), 'http://grafana.example').searchParams;
}

describe('the address of a saved search', () => {
  it('takes the service that is set away where the search names none', () => {
    const search = open({ text: 'refused', level: ['error'] }, '?var-service=checkout&var-namespace=shop');
    expect(search.getAll('var-service')).toEqual(['$__all']);
    expect(search.getAll('var-namespace')).toEqual(['$__all']);
    expect(search.getAll('level')).toEqual(['error']);
  });

  it('names the services of the search, and keeps the range', () => {
    const search = open({ query: '{}', service: ['cart', 'mail'], namespace: ['shop'] }, '?from=now-2h&to=now&text=a');
    expect(search.getAll('var-service')).toEqual(['cart', 'mail']);
    expect(search.getAll('var-namespace')).toEqual(['shop']);
    expect(search.get('from')).toBe('now-2h');
    expect(search.get('logql')).toBe('{}');
    expect(search.has('text')).toBe(false);
  });
});
