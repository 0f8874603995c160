import { locationUtil } from '@grafana/data';
import type { Route } from '@loghunter/contracts';
import pluginJson from './plugin.json';

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

/** Address of a cluster's page; `search` starts with `?` and carries range, variables and the list's own state. */
export function clusterHref(clusterId: string, search: string): string {
  return locationUtil.assureBaseUrl(`${clustersPath}/${encodeURIComponent(clusterId)}${search}`);
}

/** Address of the page that looks for the cause of a cluster's lines in a range (milliseconds since 1970 as text). */
export function rootCauseHref(clusterId: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const search = new URLSearchParams({ cluster: clusterId, from, to });
  return locationUtil.assureBaseUrl(`${rootCausePath}?${search.toString()}`);
}

/** Address of the comparison of a service's clusters with the time right before a range. */
export function compareHref(service: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const search = new URLSearchParams({ from, to, ...(service === '' ? {} : { 'var-service': service }) });
  return locationUtil.assureBaseUrl(`${comparePath}?${search.toString()}`);
}
