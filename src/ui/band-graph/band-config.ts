// How uPlot draws a series with its expected band, through the builder that Grafana's own time series panel uses.
import type { GrafanaTheme2 } from '@grafana/data';
import {
  AxisPlacement,
  GraphDrawStyle,
  LineInterpolation,
  ScaleDirection,
  ScaleOrientation,
  VisibilityMode,
} from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';

/** Where uPlot put the plotting area inside the component, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface BandConfigOptions {
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly formatValue: (value: number) => string;
  readonly onArea: (area: PlotArea) => void;
  /** Milliseconds since 1970 under the pointer; undefined when it has left. */
  readonly onPoint: (atMs: number | undefined) => void;
  readonly onZoom?: ((range: { fromMs: number; toMs: number }) => void) | undefined;
}

/** Columns of {@link bandColumns} by their place. */
const upperColumn = 1;
const lowerColumn = 2;

/** A shorter drag is a click that slipped. */
const leastDragPx = 6;

export function bandColors(theme: GrafanaTheme2) {
  return {
    observed: theme.visualization.getColorByName(theme.isDark ? 'blue' : 'dark-blue'),
    expected: theme.colors.text.secondary,
    band: theme.isDark ? 'rgba(204, 204, 220, 0.14)' : 'rgba(36, 41, 46, 0.12)',
  };
}

export function createBandConfig(options: BandConfigOptions): UPlotConfigBuilder {
  const { timeZone } = options;
  const config = new UPlotConfigBuilder(timeZone);
  addScalesAndAxes(config, options);
  addLines(config, options.theme);
  addPointer(config, options);
  return config;
}

function addScalesAndAxes(
  config: UPlotConfigBuilder,
  { theme, timeZone, range, formatValue }: BandConfigOptions
): void {
  config.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [range.fromMs, range.toMs],
  });
  config.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    softMin: 0,
    min: 0,
    softMax: 1,
  });
  config.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, timeZone, theme });
  config.addAxis({ scaleKey: 'y', placement: AxisPlacement.Left, theme, formatValue });
}

function addLines(config: UPlotConfigBuilder, theme: GrafanaTheme2): void {
  const colors = bandColors(theme);
  const line = {
    scaleKey: 'y',
    theme,
    drawStyle: GraphDrawStyle.Line,
    lineInterpolation: LineInterpolation.Linear,
    showPoints: VisibilityMode.Never,
    fillOpacity: 0,
    spanNulls: false,
  };
  const edge = { ...line, lineWidth: 0, lineColor: 'transparent', pointColor: 'transparent' };
  config.addSeries(edge);
  config.addSeries(edge);
  config.addSeries({ ...line, lineWidth: 1, lineColor: colors.expected, lineStyle: { fill: 'dash', dash: [4, 4] } });
  // A single step between two gaps would be no line at all: points show it.
  config.addSeries({
    ...line,
    lineWidth: 1.5,
    lineColor: colors.observed,
    pointColor: colors.observed,
    pointSize: 4,
    showPoints: VisibilityMode.Auto,
  });
  config.addBand({ series: [upperColumn, lowerColumn], fill: colors.band });
}

function addPointer(config: UPlotConfigBuilder, { onArea, onPoint, onZoom }: BandConfigOptions): void {
  config.setCursor({
    drag: { x: onZoom !== undefined, y: false, setScale: false },
    points: { show: false },
    y: false,
  });
  let known = '';
  config.addHook('draw', (plot) => {
    const { left, top, width, height } = plot.bbox;
    const ratio = window.devicePixelRatio || 1;
    const area = { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio };
    const text = JSON.stringify(area);
    if (text !== known) {
      known = text;
      onArea(area);
    }
  });
  config.addHook('setCursor', (plot) => {
    const { left } = plot.cursor;
    onPoint(left === undefined || left === null || left < 0 ? undefined : plot.posToVal(left, 'x'));
  });
  config.addHook('setSelect', (plot) => {
    const { left, width } = plot.select;
    if (width < leastDragPx) {
      return;
    }
    onZoom?.({ fromMs: plot.posToVal(left, 'x'), toMs: plot.posToVal(left + width, 'x') });
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  });
}
