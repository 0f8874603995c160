import { exploreHref } from './explore-link';

const query = {
  expression: '{service_name="checkout"} |= `a & b` |= "100%"',
  range: { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' },
  isExact: false,
};

function panesOf(href: string) {
  return JSON.parse(new URL(href, 'http://grafana').searchParams.get('panes') ?? '');
}

describe('exploreHref', () => {
  it('carries the query unchanged', () => {
    expect(panesOf(exploreHref(query, 'uid-1')).loghunter.queries[0].expr).toBe(query.expression);
  });

  it('carries data source and exact range in milliseconds', () => {
    const pane = panesOf(exploreHref(query, 'uid-1')).loghunter;
    expect(pane.datasource).toBe('uid-1');
    expect(pane.range).toEqual({ from: '1795258800000', to: '1795262400000' });
  });

  it('uses the format that Explore reads', () => {
    expect(new URL(exploreHref(query, 'u'), 'http://grafana').searchParams.get('schemaVersion')).toBe('1');
  });
});
