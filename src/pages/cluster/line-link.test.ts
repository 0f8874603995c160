import { locationService } from '@grafana/runtime';
import { lineLink } from './line-link';

describe('the link to a line', () => {
  it('has a range that ends right after the line, so that it is among the newest that are read', () => {
    const { pathname, searchParams } = new URL(lineLink('c1', { timestampNs: '1764331200123456789' }));
    expect(pathname).toBe('/a/loghunter-app/clusters/c1');
    expect(Object.fromEntries(searchParams)).toEqual({
      from: '1764330300123',
      to: '1764331200124',
      line: '1764331200123456789',
    });
  });

  it('takes the chosen data source along', () => {
    locationService.push('/a/loghunter-app/clusters/c1?var-ds=loki-2&q=other');
    const { searchParams } = new URL(lineLink('c1', { timestampNs: '1764331200123456789' }));
    expect(searchParams.get('var-ds')).toBe('loki-2');
    expect(searchParams.has('q')).toBe(false);
  });
});
