// Doors into the app from Explore, dashboards, log details, alerts and the command palette.
// Titles, targets and descriptions stand in plugin.json too, in the same order: Grafana decides by those whether to load the app at all.
import {
  PluginExtensionPoints,
  type AppPlugin,
  type PluginExtensionPanelContext,
  type PluginExtensionResourceAttributesContext,
  type RawTimeRange,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { clustersPath, searchPath } from '../plugin-paths';
import { readAlert } from './alert-context';
import { pageAddress, rangeOf } from './page-address';
import { filterOfLabels, filterOfMatchers, readStreamMatchers } from './stream-matchers';

/** What Explore tells its toolbar's links, as far as they use it; its type is not on npm. */
interface ExploreContext {
  readonly targets?: readonly DataQuery[];
  readonly timeRange?: RawTimeRange;
}

/** Labels whose rows in the details of a log line get a link; Grafana shows ten links of an app at most. */
const linkedLabels = [
  'service_name',
  'service',
  'app',
  'application',
  'container',
  'job',
  'service_namespace',
  'namespace',
  'k8s_namespace_name',
] as const;

/** Adds every link to the plugin. */
export function addLinks(plugin: AppPlugin): void {
  plugin.addLink<ExploreContext>({
    title: 'Find clusters of these logs',
    description: 'Groups the log lines of this query by what they say',
    targets: PluginExtensionPoints.ExploreToolbarAction,
    icon: 'layer-group',
    path: searchPath,
    configure: (context) => queriesPath(context?.targets, context?.timeRange),
  });
  plugin.addLink<PluginExtensionPanelContext>({
    title: 'Find clusters of these logs',
    description: 'Groups the log lines behind this panel by what they say',
    targets: PluginExtensionPoints.DashboardPanelMenu,
    icon: 'layer-group',
    path: clustersPath,
    configure: (context) => queriesPath(context?.targets, context?.timeRange),
  });
  plugin.addLink({
    title: 'Find log clusters of this time',
    description: 'What the logs of this service said around the time of the alert',
    targets: PluginExtensionPoints.AlertInstanceAction,
    icon: 'layer-group',
    path: clustersPath,
    configure: (context) => ({ path: pageAddress(clustersPath, readAlert(context, Date.now())) }),
  });
  for (const label of linkedLabels) {
    plugin.addLink<PluginExtensionResourceAttributesContext>({
      title: `Clusters of this ${label}`,
      description: `Groups the log lines of this ${label} by what they say`,
      targets: PluginExtensionPoints.LogsViewResourceAttributes,
      // Grafana shows the link beside the label that has the category's name.
      category: label,
      icon: 'layer-group',
      path: clustersPath,
      configure: (context) => labelPath(label, context),
    });
  }
  plugin.addLink({
    title: 'LogHunter search',
    description: 'Lines of the log store, grouped by what they say',
    targets: PluginExtensionPoints.CommandPalette,
    icon: 'search',
    path: searchPath,
  });
  plugin.addLink({
    title: 'LogHunter clusters',
    description: 'Log lines that say the same thing, grouped for good',
    targets: PluginExtensionPoints.CommandPalette,
    icon: 'layer-group',
    path: clustersPath,
  });
}

/** Undefined hides the link: nothing in the query comes from Loki. */
function queriesPath(
  targets: readonly DataQuery[] | undefined,
  range: RawTimeRange | undefined
): { path: string } | undefined {
  const query = targets?.find((target) => target.datasource?.type === 'loki' && !target.hide);
  if (query === undefined) {
    return undefined;
  }
  const expression = 'expr' in query && typeof query.expr === 'string' ? query.expr : '';
  const carried = { dataSourceUid: query.datasource?.uid, range: range && rangeOf(range) };
  // A query for lines is looked for as it stands; of one for figures, or with variables of a dashboard, only the streams are known.
  const isForLines = expression.trimStart().startsWith('{') && !expression.includes('$');
  return {
    path: isForLines
      ? pageAddress(searchPath, { ...carried, filter: filterOfMatchers([]), parameters: { logql: expression } })
      : pageAddress(clustersPath, { ...carried, filter: filterOfMatchers(readStreamMatchers(expression)) }),
  };
}

function labelPath(
  label: string,
  context: Readonly<PluginExtensionResourceAttributesContext> | undefined
): { path: string } | undefined {
  const [value] = context?.attributes[label] ?? [];
  if (context === undefined || value === undefined || context.datasource.type !== 'loki') {
    return undefined;
  }
  const { from, to } = context.timeRange;
  const path = pageAddress(clustersPath, {
    filter: filterOfLabels({ [label]: value }),
    dataSourceUid: context.datasource.uid,
    range: { from: String(from), to: String(to) },
  });
  return { path };
}
