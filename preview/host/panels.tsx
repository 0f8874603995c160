// Grafana's own panels are core code and not on npm: a time series of the same parts, a note for any other.
import {
  PanelPlugin,
  PluginType,
  type DataFrame,
  type FieldConfigPropertyItem,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data';
import {
  TimeSeries,
  TooltipDisplayMode,
  TooltipPlugin,
  ZoomPlugin,
  LegendDisplayMode,
  useTheme2,
  type UPlotConfigBuilder,
  type VizLegendOptions,
} from '@grafana/ui';
import { useLayoutEffect, useRef } from 'react';
import { nothing } from './field-options.ts';

interface TimeSeriesOptions {
  readonly legend?: Partial<VizLegendOptions>;
  readonly tooltip?: { readonly mode?: TooltipDisplayMode };
}

const defaultLegend: VizLegendOptions = {
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  showLegend: true,
  calcs: [],
};

function TimeSeriesStandIn(props: PanelProps<TimeSeriesOptions>) {
  const { data, width, height, timeRange, timeZone, options, onChangeTimeRange, fieldConfig } = props;
  if (data.series.length === 0) {
    return (
      <div style={{ display: 'grid', placeItems: 'center', height }}>{fieldConfig.defaults.noValue ?? 'No data'}</div>
    );
  }
  return (
    <TimeSeries
      frames={data.series}
      {...(data.structureRev === undefined ? {} : { structureRev: data.structureRev })}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={{ ...defaultLegend, ...options.legend }}
      options={options}
    >
      {(config, aligned) => (
        <>
          <AnnotationMarks config={config} frames={data.annotations ?? []} />
          <ZoomPlugin config={config} onZoom={onChangeTimeRange} />
          <TooltipPlugin
            config={config}
            data={aligned}
            mode={options.tooltip?.mode ?? TooltipDisplayMode.Multi}
            timeZone={timeZone}
          />
        </>
      )}
    </TimeSeries>
  );
}

/** Annotations as the native panel draws them: a line at a moment, a band over a stretch. */
function AnnotationMarks({ config, frames }: { config: UPlotConfigBuilder; frames: readonly DataFrame[] }) {
  const theme = useTheme2();
  const latest = useRef(frames);
  useLayoutEffect(() => {
    latest.current = frames;
  });
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => {
      for (const frame of latest.current) {
        drawMarks(plot, frame, theme);
      }
    });
  }, [config, theme]);
  return null;
}

/** Wide enough to be seen, and light enough to see the bars behind it. */
const markWidthPixels = 2;
const bandOpacity = 0.12;

/** The part of uPlot's chart that drawing needs. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly valToPos: (value: number, scale: string, isCanvasPixels?: boolean) => number;
}

function drawMarks(plot: Plot, frame: DataFrame, theme: GrafanaTheme2): void {
  const valuesOf = (name: string) => frame.fields.find((field) => field.name === name)?.values ?? [];
  const [starts, ends, colors] = [valuesOf('time'), valuesOf('timeEnd'), valuesOf('color')];
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (let index = 0; index < frame.length; index++) {
    const left = plot.valToPos(starts[index], 'x', true);
    const right = plot.valToPos(ends[index] ?? starts[index], 'x', true);
    ctx.fillStyle = theme.visualization.getColorByName(colors[index]);
    ctx.fillRect(left, bbox.top, markWidthPixels, bbox.height);
    ctx.globalAlpha = bandOpacity;
    ctx.fillRect(left, bbox.top, Math.max(0, right - left), bbox.height);
    ctx.globalAlpha = 1;
  }
  ctx.restore();
}

/** Field defaults of the native panel; without them lines have no width and axes no place. */
const customDefaults = {
  drawStyle: 'line',
  lineInterpolation: 'linear',
  lineWidth: 1,
  fillOpacity: 0,
  gradientMode: 'none',
  barAlignment: 0,
  barWidthFactor: 0.6,
  showPoints: 'auto',
  pointSize: 5,
  spanNulls: false,
  axisPlacement: 'auto',
  axisLabel: '',
  scaleDistribution: { type: 'linear' },
  stacking: { mode: 'none', group: 'A' },
  hideFrom: { viz: false, legend: false, tooltip: false },
  thresholdsStyle: { mode: 'off' },
};

function createTimeSeries(): PanelPlugin {
  // As the native panel says of itself; without it scenes give a panel no annotations.
  const plugin = new PanelPlugin(TimeSeriesStandIn).setDataSupport({ annotations: true, alertStates: false });
  return plugin.useFieldConfig({
    useCustomConfig: (builder) => {
      for (const [path, defaultValue] of Object.entries(customDefaults)) {
        builder.addCustomEditor({ ...customField(path), defaultValue });
      }
    },
  });
}

function customField(path: string): Pick<
  FieldConfigPropertyItem,
  'id' | 'path' | 'name' | 'editor' | 'override' | 'process' | 'shouldApply'
> & {
  readonly path: never;
} {
  return {
    id: path,
    path: path as never,
    name: path,
    editor: nothing,
    override: nothing,
    process: (value) => value,
    shouldApply: () => true,
  };
}

function createNote(id: string): PanelPlugin {
  return new PanelPlugin(() => <p>The panel “{id}” is drawn by Grafana only.</p>).useFieldConfig();
}

const panels = new Map<string, PanelPlugin>();

export function panelPlugin(id: string): PanelPlugin {
  const plugin = panels.get(id) ?? (id === 'timeseries' ? createTimeSeries() : createNote(id));
  plugin.meta = {
    id,
    name: id,
    type: PluginType.panel,
    module: '',
    baseUrl: '',
    sort: 0,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  };
  panels.set(id, plugin);
  return plugin;
}
