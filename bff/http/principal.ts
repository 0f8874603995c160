import { roles, type Role, type Route } from '@loghunter/contracts';
import { ProblemError } from './problem-error.ts';

/** Who does something: shown in histories and in the audit log. */
export interface Actor {
  /** `installation`: whoever holds the shared secret, or anybody on a loopback address where none is set. */
  readonly kind: 'grafana-user' | 'api-key' | 'installation';
  /** Stable within its kind. */
  readonly id: string;
  readonly name: string;
}

/** Whoever makes a request, as the server has established it; never taken from a field of the request. */
export interface Principal {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly role: Role;
}

/** Throws `ProblemError` `forbidden` when the role is below the route's. */
export function requireRole(principal: Principal, needed: Exclude<Route['role'], 'public'>): void {
  if (roles.indexOf(principal.role) < roles.indexOf(needed)) {
    throw new ProblemError('forbidden', `This needs the role ${needed}; yours is ${principal.role}.`);
  }
}

/** The installation itself, which may do everything in its one tenant. */
export function installationOf(tenantId: string): Principal {
  return { tenantId, actor: { kind: 'installation', id: 'installation', name: 'the installation' }, role: 'admin' };
}
