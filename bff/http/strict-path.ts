import type { MiddlewareHandler } from 'hono';
import { ProblemError } from './problem-error.ts';
import type { ServerContext } from './server-context.ts';

/** Longest request target; Grafana's own default for a whole header block is 8 KiB as well. */
const maxTargetLength = 8192;

/**
 * Refuses paths that two programs may read differently. Grafana's plugin proxy matches its route roles on another
 * reading than ours: `bff//admin/x`, `bff/./admin/x` and `bff/admin%2Fx` pass its viewer route.
 */
export function strictPath(): MiddlewareHandler<ServerContext> {
  return async (c, next) => {
    // `c.req.url` has already been normalised by the URL parser; the raw target has not.
    const target = c.env?.incoming?.url ?? c.req.url.replace(/^[a-z]+:\/\/[^/]*/i, '');
    if (target.length > maxTargetLength) {
      throw new ProblemError('payload-too-large', `The address has more than ${maxTargetLength} characters.`);
    }
    const path = target.split(/[?#]/, 1)[0] ?? '';
    const reason = findFlaw(path);
    if (reason !== undefined) {
      throw new ProblemError('invalid-request', `The path ${reason}.`);
    }
    await next();
  };
}

function findFlaw(path: string): string | undefined {
  if (!path.startsWith('/')) {
    return 'must start with a slash';
  }
  if (path.includes('//') || path.includes('\\')) {
    return 'must not hold empty segments or backslashes';
  }
  // Percent-encoded dots count as dots (WHATWG URL), and an encoded slash, backslash, percent or control character has no use here.
  if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    return 'must not hold . or .. segments';
  }
  if (/%(2f|5c|25|[01][0-9a-f]|7f)/i.test(path) || /%(?![0-9a-f]{2})/i.test(path)) {
    return 'must not hold encoded slashes, percent signs or control characters';
  }
  return undefined;
}
