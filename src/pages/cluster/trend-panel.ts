import { config } from '@grafana/runtime';
import { PanelBuilders, SceneQueryRunner, type VizPanel } from '@grafana/scenes';
import { GraphDrawStyle, LegendDisplayMode, StackingMode, TooltipDisplayMode } from '@grafana/schema';
import { countsDataSource, type CountsQuery } from '../../scenes/counts-data-source';
import { t } from '../../translations';
import { levelColor, levelsBySeverity } from '../../ui/level-style';

/** Events of a cluster over time as stacked bars by level, with its service's deploys and its anomalies, drawn by Grafana's own time series panel. */
export function createTrendPanel(clusterId: string, service: string): VizPanel {
  const query: CountsQuery = { refId: 'A', clusterId, service };
  return PanelBuilders.timeseries()
    .setTitle(t('cluster.trend.title', 'Events by level'))
    .setDescription(
      t(
        'cluster.trend.description',
        'Events of this cluster per step; a joined stack trace is one event. Marks are deploys of its service, bands its anomalies.'
      )
    )
    .setData(new SceneQueryRunner({ datasource: countsDataSource, queries: [query] }))
    .setUnit('short')
    .setDecimals(0)
    .setMin(0)
    .setNoValue(t('cluster.trend.none', 'No events in this time range'))
    .setCustomFieldConfig('drawStyle', GraphDrawStyle.Bars)
    .setCustomFieldConfig('stacking', { mode: StackingMode.Normal, group: 'levels' })
    .setCustomFieldConfig('fillOpacity', 85)
    .setCustomFieldConfig('lineWidth', 0)
    .setCustomFieldConfig('barWidthFactor', 0.85)
    .setOption('legend', { displayMode: LegendDisplayMode.List, placement: 'bottom', showLegend: true, calcs: [] })
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .setOverrides((overrides) => {
      for (const level of levelsBySeverity) {
        overrides
          .matchFieldsWithName(level)
          .overrideColor({ mode: 'fixed', fixedColor: levelColor(level, config.theme2) });
      }
    })
    .build();
}
