import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerContext } from './server-context.ts';

const acceptable = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id, or keeps the caller's when it is short and plain enough for a log line. */
export function requestId(): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id') ?? '';
    const id = acceptable.test(given) ? given : randomUUID();
    c.set('requestId', id);
    await next();
    c.header('X-Request-Id', id);
  };
}
