import type { HttpBindings } from '@hono/node-server';
import type { RouteId } from '@loghunter/contracts';
import type { LimitState } from '../rate-limits/rate-limits.ts';
import type { Principal } from './principal.ts';

/** What middleware hands on to what comes after it. */
export interface ServerContext {
  // The bindings are absent when a test calls `app.request()`.
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** Set by authentication; `undefined` on public routes. */
    principal: Principal | undefined;
    /** What the request did to its caller's limit; `undefined` before it was counted. */
    limit: LimitState | undefined;
    /** Row of the route table that answers; `undefined` for everything else. */
    routeId: RouteId | 'loki' | 'metrics' | 'action' | 'grafana-alerts' | undefined;
  };
}
