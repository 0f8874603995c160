import { drilldownHref } from './drilldown-link';

const range = { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' };

function hrefOf(expression: string): URL | undefined {
  const href = drilldownHref({ expression, range, isExact: true }, 'uid-1');
  return href === undefined ? undefined : new URL(href, 'http://grafana');
}

describe('drilldownHref', () => {
  it('starts at the service, with range and data source', () => {
    const url = hrefOf('{cluster="eu", service_name="check/out"}');
    expect(url?.pathname).toBe('/a/grafana-lokiexplore-app/explore/service/check-out/logs');
    expect(url?.searchParams.get('var-ds')).toBe('uid-1');
    expect(url?.searchParams.get('from')).toBe('1795258800000');
    expect(url?.searchParams.getAll('var-filters')).toEqual(['cluster|=|eu', 'service_name|=|check/out']);
  });

  it('starts at another label where there is no service', () => {
    expect(hrefOf('{app="a|b,c"}')?.pathname).toContain('/explore/app/');
    expect(hrefOf('{app="a|b,c"}')?.searchParams.get('var-filters')).toBe('app|=|a__gfp__b__gfc__c');
  });

  it('leads nowhere without a value to start from', () => {
    expect(hrefOf('{app=~".+"}')).toBeUndefined();
  });
});
