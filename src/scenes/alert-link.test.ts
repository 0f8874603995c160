import { alertHref, usualThreshold } from './alert-link';

const query = {
  expression: '{service_name="checkout"} |= `failed`',
  range: { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' },
  isExact: true,
};

describe('alertHref', () => {
  const url = new URL(alertHref(query, 'uid-1', { name: 'Order failed', returnTo: '/a/x', threshold: 7 }), 'http://g');
  const defaults = JSON.parse(url.searchParams.get('defaults') ?? '');

  it('opens the form of a rule and knows the way back', () => {
    expect(url.pathname).toBe('/alerting/new');
    expect(url.searchParams.get('returnTo')).toBe('/a/x');
    expect(defaults).toMatchObject({ type: 'grafana', name: 'Order failed', condition: 'C' });
  });

  it('counts the lines of the query with the chosen data source', () => {
    const [count] = defaults.queries;
    expect(count.model.expr).toBe('sum(count_over_time({service_name="checkout"} |= `failed` [5m]))');
    expect(count.datasourceUid).toBe('uid-1');
    expect(count.relativeTimeRange).toEqual({ from: 300, to: 0 });
  });

  it('fires above the threshold', () => {
    expect(defaults.queries[2].model.conditions[0].evaluator).toEqual({ type: 'gt', params: [7] });
  });
});

describe('usualThreshold', () => {
  it('is twice what five minutes usually have', () => {
    expect(usualThreshold(120, query.range)).toBe(20);
  });

  it('is one line at least', () => {
    expect(usualThreshold(0, query.range)).toBe(1);
  });
});
