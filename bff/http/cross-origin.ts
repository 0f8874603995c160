import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { ServerContext } from './server-context.ts';

const exposedHeaders = [
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
];

/**
 * Lets pages of the given origins call the API with an API key; pages of all others are refused by their browsers. There are no cookies, and
 * a preflight needs no credentials.
 */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler<ServerContext> {
  const allow = cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-API-Key', 'X-Request-Id'],
    exposeHeaders: exposedHeaders,
    maxAge: 600,
  });
  return async (c, next) => {
    const origin = c.req.header('Origin');
    if (origin === undefined || !origins.includes(origin)) {
      await next();
      return;
    }
    const answer = await allow(c, next);
    // Instead of `same-origin`, or the browser would keep the answer from the page.
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return answer;
  };
}
