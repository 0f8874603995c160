import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import type { Route } from '@loghunter/contracts';
import pluginJson from './plugin.json';
import { dataSourceVariableName } from './scenes/explore-link';
import { appendStreams } from './scenes/stream-search';

export const pluginId = pluginJson.id;

/** Root of the app's pages, without the sub-path that Grafana itself may be served under. */
export const appPath = `/a/${pluginId}`;
export const clustersPath = `${appPath}/clusters`;
export const comparePath = `${appPath}/compare`;
export const clusterRulesPath = `${appPath}/cluster-rules`;
export const overviewPath = `${appPath}/overview`;
export const rootCausePath = `${appPath}/root-cause`;
export const searchPath = `${appPath}/search`;
export const administrationPath = `${appPath}/administration`;
export const configurationPath = `/plugins/${pluginId}`;

/**
 * Where Grafana forwards calls to the server, adding the secret; see `routes` in plugin.json. What needs an administrator goes over a route
 * of its own, and the server refuses it over the other one.
 */
export function serverProxyPath(role: Route['role']): string {
  return `api/plugin-proxy/${pluginId}/${role === 'admin' || role === 'operator' ? 'admin' : 'bff'}`;
}

/** A link's own search with the Loki data source that was chosen on this page: links to Explore lead there from the next one too. */
export function withDataSource(search: Readonly<Record<string, string>>): URLSearchParams {
  const name = `var-${dataSourceVariableName}`;
  const uid = locationService.getSearch().get(name);
  return new URLSearchParams({ ...search, ...(uid === null ? {} : { [name]: uid }) });
}

/** Address of a cluster's page; `search` starts with `?` and carries range, variables and the list's own state. */
export function clusterHref(clusterId: string, search: string): string {
  return locationUtil.assureBaseUrl(`${clustersPath}/${encodeURIComponent(clusterId)}${search}`);
}

/** Address of the page that looks for the cause of a cluster's lines in a range (milliseconds since 1970 as text). */
export function rootCauseHref(clusterId: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const search = withDataSource({ cluster: clusterId, from, to });
  return locationUtil.assureBaseUrl(`${rootCausePath}?${search.toString()}`);
}

/** Address of the comparison of a service's clusters with the time right before a range. */
export function compareHref(service: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const search = withDataSource({ from, to });
  appendStreams(search, 'var-service', service === '' ? [] : [service]);
  return locationUtil.assureBaseUrl(`${comparePath}?${search.toString()}`);
}
