import { roles, scopes, type Role, type Route, type Scope } from '@loghunter/contracts';
import { ProblemError } from './problem-error.ts';

/** Who does something: shown in histories and in the audit log. */
export interface Actor {
  /** `installation`: requests that name nobody, where the server is set to answer them. */
  readonly kind: 'grafana-user' | 'api-key' | 'installation';
  /** Stable within its kind. */
  readonly id: string;
  readonly name: string;
}

/** Routes of plugin.json, as Grafana names them in X-LogHunter-Scope: `admin` is open to administrators of Grafana only. */
export const pluginRoutes = ['user', 'admin'] as const;

/** One of {@link pluginRoutes}. */
export type PluginRoute = (typeof pluginRoutes)[number];

/** Whoever makes a request, as the server has established it; never taken from a field of the request. */
export interface Principal {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly role: Role;
  /** Of an API key: it may call routes of these scopes only. Absent: everything that the role may. */
  readonly scopes?: readonly Scope[];
  /** Of a request through Grafana: which route of the plugin it came over. */
  readonly pluginRoute?: PluginRoute;
  /** Of an API key: its own limit, weight of requests within an hour. */
  readonly hourlyLimit?: number;
}

/** The scope that routes of a role need. */
export function scopeOf(role: Role): Scope {
  return scopes[roles.indexOf(role)] ?? 'operate';
}

/**
 * Throws `ProblemError` `forbidden` when a caller may not call a route of this role. Besides {@link requireRole}: what Grafana sent over the
 * other route of the plugin is refused, because odd spellings of a path pass by the role that Grafana asks for.
 */
export function requireRoute(principal: Principal, needed: Exclude<Route['role'], 'public'>): void {
  if (principal.pluginRoute !== undefined && principal.pluginRoute !== pluginRouteOf(needed)) {
    throw new ProblemError('forbidden', `The plugin's route for this is ${pluginRouteOf(needed)}.`);
  }
  requireRole(principal, needed);
}

/** Throws `ProblemError` `forbidden` when the role is below the needed one, or the key lacks its scope. */
export function requireRole(principal: Principal, needed: Exclude<Route['role'], 'public'>): void {
  if (principal.scopes !== undefined && !principal.scopes.includes(scopeOf(needed))) {
    throw new ProblemError('forbidden', `This needs an API key with the scope ${scopeOf(needed)}.`);
  }
  if (roles.indexOf(principal.role) < roles.indexOf(needed)) {
    throw new ProblemError('forbidden', `This needs the role ${needed}; yours is ${principal.role}.`);
  }
}

function pluginRouteOf(needed: Role): PluginRoute {
  return roles.indexOf(needed) < roles.indexOf('admin') ? 'user' : 'admin';
}

/** Requests that name nobody, in the tenant that the configuration names. */
export function installationOf(tenantId: string, role: Role = 'operator'): Principal {
  return { tenantId, actor: { kind: 'installation', id: 'installation', name: 'the installation' }, role };
}
