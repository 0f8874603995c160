// What Grafana tells of itself at each extension point, in the shapes of its documentation; the values are those of the demo.
import { PluginExtensionPoints } from '@grafana/data';

const loki = { type: 'loki', uid: 'loghunter-embedded' };
const labels = { service_name: 'checkout', namespace: 'shop' };
const query = { refId: 'A', datasource: loki, expr: '{service_name="checkout"} |= "order"', queryType: 'range' };
const hourMs = 3_600_000;

export interface Door {
  readonly pointId: string;
  /** What a person clicks in Grafana. */
  readonly place: string;
  readonly context: object;
}

export function doors(nowMs: number): readonly Door[] {
  return [
    {
      pointId: PluginExtensionPoints.ExploreToolbarAction,
      place: 'Explore, Add',
      context: {
        exploreId: 'left',
        targets: [query],
        timeRange: { from: 'now-1h', to: 'now' },
        timeZone: 'browser',
        shouldShowAddCorrelation: false,
      },
    },
    {
      pointId: PluginExtensionPoints.DashboardPanelMenu,
      place: 'Menu of a panel, Extensions',
      context: {
        pluginId: 'timeseries',
        id: 1,
        title: 'Lines of the checkout',
        timeRange: { from: 'now-1h', to: 'now' },
        timeZone: 'browser',
        dashboard: { uid: 'shop', title: 'Shop', tags: [] },
        targets: [{ ...query, expr: 'sum(rate({service_name="checkout", namespace="shop"} [5m]))' }],
      },
    },
    {
      pointId: PluginExtensionPoints.LogsViewResourceAttributes,
      place: 'Details of a log line',
      context: {
        attributes: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, [value]])),
        timeRange: { from: nowMs - hourMs, to: nowMs },
        datasource: loki,
      },
    },
    {
      pointId: PluginExtensionPoints.AlertInstanceAction,
      place: 'Instance of an alert',
      context: {
        instance: {
          labels: { alertname: 'Checkout fails', ...labels },
          annotations: {},
          state: 'Alerting',
          activeAt: new Date(nowMs - hourMs / 4).toISOString(),
          value: '12',
        },
        rule: {
          name: 'Checkout fails',
          rulerRule: { grafana_alert: { data: [{ refId: 'A', datasourceUid: loki.uid, model: query }] } },
        },
      },
    },
    { pointId: PluginExtensionPoints.CommandPalette, place: 'Command palette', context: {} },
  ];
}

/** What another app gives to the component that shows clusters. */
export function componentProps(nowMs: number): object {
  return { service: [labels.service_name], fromMs: nowMs - hourMs, toMs: nowMs, limit: 5 };
}
