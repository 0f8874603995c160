import { dateTime, type PluginExtensionAddedLinkConfig } from '@grafana/data';
import { plugin } from '../module';
import pluginJson from '../plugin.json';

function linksAt(target: string): readonly PluginExtensionAddedLinkConfig[] {
  return plugin.addedLinkConfigs.filter(({ targets }) => [targets].flat().includes(target));
}

function open(target: string, context: object, index = 0): URL | undefined {
  const path = linksAt(target)[index]?.configure?.(context)?.path;
  return path === undefined ? undefined : new URL(path, 'http://grafana.example');
}

const loki = { type: 'loki', uid: 'loki-1' };
const query = { refId: 'A', datasource: loki, expr: '{service_name="checkout", namespace="shop"} |= "error"' };

describe('links', () => {
  it('are in plugin.json as they are in the code', () => {
    const inCode = plugin.addedLinkConfigs.map(({ targets, title, description }) => ({
      targets: [targets].flat(),
      title,
      description,
    }));
    expect(inCode).toEqual(pluginJson.extensions.addedLinks);
  });

  it('stand beside the exposed components, which are in plugin.json as well', () => {
    const inCode = plugin.exposedComponentConfigs.map(({ id, title, description }) => ({ id, title, description }));
    expect(inCode).toEqual(pluginJson.extensions.exposedComponents);
  });

  it('all lead to pages of the app', () => {
    for (const { path } of plugin.addedLinkConfigs) {
      expect(path).toMatch(/^\/a\/loghunter-app\/[a-z-]+$/);
    }
  });

  it('have one title each within an extension point, by which Grafana tells them apart', () => {
    const names = plugin.addedLinkConfigs.map(({ targets, title }) => `${String(targets)} ${title}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['grafana/explore/toolbar/action', 'grafana/dashboard/panel/menu'])(
    'at %s carry data source, query and range of a Loki query for lines',
    (point) => {
      const url = open(point, { targets: [query], timeRange: { from: 'now-3h', to: dateTime(1_790_000_000_000) } });
      expect(url?.pathname).toBe('/a/loghunter-app/search');
      expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
        'var-ds': 'loki-1',
        // Whatever was chosen on the page before: the query alone says what to look for.
        'var-service': '$__all',
        'var-namespace': '$__all',
        logql: query.expr,
        from: 'now-3h',
        to: '1790000000000',
      });
    }
  );

  it.each([`sum(rate(${query.expr} [5m]))`, query.expr.replace('"error"', '$word')])(
    'carry the labels of the query %s, which cannot be looked for',
    (expr) => {
      const url = open('grafana/dashboard/panel/menu', { targets: [{ ...query, expr }] });
      expect(url?.pathname).toBe('/a/loghunter-app/clusters');
      expect(url?.searchParams.get('var-service')).toBe('checkout');
      expect(url?.searchParams.get('var-namespace')).toBe('shop');
    }
  );

  it.each(['grafana/explore/toolbar/action', 'grafana/dashboard/panel/menu'])(
    'at %s are hidden where nothing comes from Loki',
    (point) => {
      const other = { refId: 'A', datasource: { type: 'prometheus', uid: 'p' }, expr: 'up' };
      expect(open(point, { targets: [other] })).toBeUndefined();
      expect(open(point, { targets: [{ ...query, hide: true }] })).toBeUndefined();
      expect(open(point, {})).toBeUndefined();
    }
  );

  it('in the details of a log line stand beside the label that they filter by', () => {
    const context = {
      attributes: { app: ['web'], pod: ['web-1'] },
      timeRange: { from: 1_790_000_000_000, to: 1_790_000_600_000 },
      datasource: loki,
    };
    const shown = linksAt('grafana/logsview/resource-attributes').filter((link) => link.configure?.(context));
    expect(shown.map(({ category }) => category)).toEqual(['app']);
    const url = new URL(shown[0]?.configure?.(context)?.path ?? '', 'http://grafana.example');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: '1790000000000',
      to: '1790000600000',
      'var-ds': 'loki-1',
      'var-namespace': '$__all',
      'var-service': 'web',
    });
  });

  it('at an alert begin an hour before it became active', () => {
    const activeAt = new Date(Date.now() - 60_000);
    const url = open('grafana/alerting/instance/action', {
      instance: { labels: { alertname: 'Errors', service: 'checkout' }, activeAt: activeAt.toISOString() },
      rule: { rulerRule: { grafana_alert: { data: [{ model: { datasource: loki } }] } } },
    });
    expect(url?.searchParams.get('from')).toBe(String(activeAt.getTime() - 3_600_000));
    expect(url?.searchParams.get('var-service')).toBe('checkout');
    expect(url?.searchParams.get('var-ds')).toBe('loki-1');
  });

  it.each([[{}], [{ instance: null }], [{ instance: { labels: { service: 1 }, activeAt: 'never' } }]])(
    'at an alert survive the context %p',
    (context) => {
      const url = open('grafana/alerting/instance/action', context);
      expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
        from: 'now-1h',
        to: 'now',
        'var-namespace': '$__all',
        'var-service': '$__all',
      });
    }
  );
});
