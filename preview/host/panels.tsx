// Grafana's own panels are core code and not on npm: a time series of the same parts, a note for any other.
import { PanelPlugin, PluginType, type FieldConfigPropertyItem, type PanelProps } from '@grafana/data';
import {
  TimeSeries,
  TooltipDisplayMode,
  TooltipPlugin,
  ZoomPlugin,
  LegendDisplayMode,
  type VizLegendOptions,
} from '@grafana/ui';
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
  return new PanelPlugin(TimeSeriesStandIn).useFieldConfig({
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
