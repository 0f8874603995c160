import { config } from '@grafana/runtime';
import { PanelBuilders } from '@grafana/scenes';
import { GraphDrawStyle, LegendDisplayMode, StackingMode, TooltipDisplayMode } from '@grafana/schema';
import { levelColor, levelsBySeverity } from '../ui/level-style';

/** Grafana's own time series as stacked bars, a series a level, named by it. */
export function levelsPanel() {
  return PanelBuilders.timeseries()
    .setUnit('short')
    .setMin(0)
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
    });
}
