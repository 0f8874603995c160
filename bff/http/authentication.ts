import type { MiddlewareHandler } from 'hono';
import type { Authenticator } from '../identity/authenticate.ts';
import type { ServerContext } from './server-context.ts';

/** Lets only requests through whose maker is known, and says who it is. */
export function authentication(authenticator: Authenticator): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    c.set('principal', await authenticator.authenticate(c.req.raw.headers));
    await next();
  };
}
