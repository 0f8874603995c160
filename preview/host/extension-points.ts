// What Grafana does with links that an app adds to its extension points: which are shown, with which words, and where they lead.
import { dateTime, isDateTime, urlUtil, type AppPlugin, type PluginExtensionAddedLinkConfig } from '@grafana/data';

/** A link as an extension point gets it. */
export interface ShownLink {
  readonly title: string;
  readonly description: string;
  readonly icon: string | undefined;
  /** In the details of a log line: the label that the link stands beside. */
  readonly category: string | undefined;
  /** With the parameters by which Grafana counts its use. */
  readonly path: string;
}

/** A link that Grafana does not show, and why. */
export interface DroppedLink {
  readonly title: string;
  readonly reason: string;
}

/** Whoever listens at a point for a context; undefined for a link that hides itself. */
export function linksAt(plugin: AppPlugin, pointId: string, context: object): ReadonlyArray<ShownLink | DroppedLink> {
  return plugin.addedLinkConfigs
    .filter(({ targets }) => [targets].flat().includes(pointId))
    .flatMap((config) => resolve(plugin, pointId, config, context) ?? []);
}

function resolve(
  { meta }: AppPlugin,
  pointId: string,
  config: PluginExtensionAddedLinkConfig,
  context: object
): ShownLink | DroppedLink | undefined {
  const { title } = config;
  // By plugin.json Grafana decides whether to load the app for a point; in development it drops what differs from it.
  const isDeclared = meta.extensions?.addedLinks.some(
    (declared) =>
      declared.title === title && declared.description === config.description && declared.targets.includes(pointId)
  );
  if (!isDeclared) {
    return { title, reason: 'plugin.json has no such link at this extension point' };
  }
  const overrides = config.configure ? config.configure(readOnly(context)) : {};
  if (overrides === undefined) {
    return undefined;
  }
  const path = overrides.path ?? config.path;
  if (!path?.startsWith(`/a/${meta.id}/`)) {
    return { title, reason: `the path ${path} is none of the app` };
  }
  return {
    title: overrides.title ?? title,
    description: overrides.description ?? config.description ?? '',
    icon: overrides.icon ?? config.icon,
    category: overrides.category ?? config.category,
    path: urlUtil.appendQueryToUrl(path, urlUtil.toUrlParams({ uel_pid: meta.id, uel_epid: pointId })),
  };
}

/** Grafana gives a proxy that refuses to be written to. */
function readOnly<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !isDateTime(value)) {
    Object.values(value).forEach(readOnly);
    Object.freeze(value);
  }
  return value;
}

const timestamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Reads a context that was written down: bounds of ranges that are moments become Grafana's own objects, as they are there. */
export function parseContext(text: string): object | undefined {
  try {
    const context: unknown = JSON.parse(text, (name, value) =>
      (name === 'from' || name === 'to') && timestamp.test(String(value)) ? dateTime(value) : value
    );
    return typeof context === 'object' && context !== null ? context : undefined;
  } catch {
    return undefined;
  }
}
