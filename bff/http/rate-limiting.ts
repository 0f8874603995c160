import { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { Route } from '@loghunter/contracts';
import type { Door, LimitState, RateLimits } from '../rate-limits/rate-limits.ts';
import type { UsageMeter } from '../rate-limits/usage-meter.ts';
import { ProblemError } from './problem-error.ts';
import type { ServerContext } from './server-context.ts';

/** What limiting needs. */
export interface RateLimiting {
  readonly limits: RateLimits;
  readonly usage: Pick<UsageMeter, 'observe'>;
}

/**
 * Says with every answer what is left of the caller's limit: X-RateLimit-*, and the RateLimit fields of the IETF's draft
 * (draft-ietf-httpapi-ratelimit-headers). Times are whole seconds, rounded up.
 */
export function limitHeaders(): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    await next();
    const state = c.get('limit');
    if (state !== undefined) {
      for (const [name, value] of Object.entries(headersOf(state))) {
        c.header(name, value);
      }
    }
  };
}

function headersOf({ policy, limit, usedWeight, resetMs }: LimitState): Readonly<Record<string, string>> {
  const remaining = Math.max(0, limit - usedWeight);
  const resetSeconds = Math.ceil(resetMs / 1000);
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(resetSeconds),
    RateLimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
    'RateLimit-Policy': `"${policy}";q=${limit};w=3600`,
  };
}

function requireAllowed({ isAllowed, limit, weight, retryAfterMs }: LimitState): void {
  if (!isAllowed) {
    const what = weight === 1 ? '' : ` This request counts as ${weight}.`;
    throw new ProblemError('rate-limited', `No more than ${limit} requests an hour are answered.${what}`, {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) },
    });
  }
}

/** Counts a call that carries its own signature against the limit of its address, before its body is read; throws `ProblemError` `rate-limited`. */
export function doorLimiting({ limits }: RateLimiting, door: Door): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    const state = await limits.takeAtDoor(door, addressOf(c.env));
    c.set('limit', state);
    requireAllowed(state);
    await next();
  };
}

/** Who called, as the connection has it: headers that name another are anybody's to write. */
function addressOf(environment: unknown): string {
  const incoming =
    typeof environment === 'object' && environment !== null ? Reflect.get(environment, 'incoming') : null;
  return incoming instanceof IncomingMessage ? (incoming.socket.remoteAddress ?? '') : '';
}

/** Counts a request of the route against its caller's limit; throws `ProblemError` `rate-limited` for one too many. */
export function rateLimiting(
  { limits, usage }: RateLimiting,
  routeId: NonNullable<ServerContext['Variables']['routeId']>,
  route: Pick<Route, 'weight'>
): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    c.set('routeId', routeId);
    const principal = c.get('principal');
    if (principal === undefined) {
      throw new TypeError('a request is limited before it is known who makes it');
    }
    const state = await limits.take(principal, route);
    usage.observe(principal, state);
    c.set('limit', state);
    requireAllowed(state);
    await next();
  };
}
