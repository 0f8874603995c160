import type { MiddlewareHandler } from 'hono';
import type { ServerContext } from './server-context.ts';

/** Headers for an API that no page may frame, guess at or cache. What stands there for an allowed origin, or a page's own policy, stays. */
export function securityHeaders(): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Content-Security-Policy')) {
      c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    }
    c.header('Referrer-Policy', 'no-referrer');
    if (!c.res.headers.has('Cross-Origin-Resource-Policy')) {
      c.header('Cross-Origin-Resource-Policy', 'same-origin');
    }
    c.header('Cache-Control', 'no-store');
  };
}
