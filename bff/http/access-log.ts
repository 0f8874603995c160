import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { ServerContext } from './server-context.ts';

/** Told of every request when its answer is ready. */
export interface RequestObserver {
  observeRequest(route: string, method: string, status: number, durationSeconds: number): void;
  /** Told of what went wrong outside; anything else is ignored. */
  observeFailure(error: unknown): void;
}

/**
 * One log line and one measurement a request. Routes are named by their row in the table: raw paths and query strings
 * may hold names of customers, and would make a metric series each.
 */
export function accessLog(logger: Logger, observer: RequestObserver): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    const startedMs = performance.now();
    await next();
    const durationMs = performance.now() - startedMs;
    const route = c.get('routeId') ?? 'none';
    const { status } = c.res;
    observer.observeRequest(route, methodLabel(c.req.method), status, durationMs / 1000);
    const fields = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
    };
    logger[status >= 500 ? 'warn' : 'debug'](fields, 'request answered');
  };
}

const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

// A client may invent methods; a metric label must not grow with them.
function methodLabel(method: string): string {
  return knownMethods.has(method) ? method : 'other';
}
