import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Secret } from '../settings/secret.ts';
import { ProblemError } from './problem-error.ts';
import type { Principal } from './principal.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Lets only requests with one of the secrets through, as `Authorization: Bearer <secret>`. Without secrets every request
 * passes: the configuration allows that on a loopback address only. Answers 403, never 401, because Grafana's client
 * sends a request again on 401. Whoever passes is the given principal.
 */
export function requireSharedSecret(
  secrets: readonly Secret[],
  principal: Principal
): MiddlewareHandler<ServerContext> {
  const digests = secrets.map((secret) => digest(secret.reveal()));
  return async (c, next) => {
    if (digests.length > 0) {
      checkSecret(c.req.header('Authorization') ?? '', digests);
    }
    c.set('principal', principal);
    await next();
  };
}

function checkSecret(authorization: string, digests: readonly Buffer[]): void {
  const given = /^Bearer (.*)$/i.exec(authorization)?.[1] ?? '';
  // Grafana writes `<no value>` where a secret was never set.
  if (given === '' || given === '<no value>') {
    throw new ProblemError(
      'forbidden',
      "The request carries no secret: enter the server's secret in the plugin's configuration."
    );
  }
  // Digests have one length, and all are compared: the time taken tells nothing of the secrets.
  const actual = digest(given);
  const isKnown = digests.map((expected) => timingSafeEqual(actual, expected)).includes(true);
  if (!isKnown) {
    throw new ProblemError(
      'forbidden',
      "The request's secret is wrong: the plugin's configuration and the server must hold the same one."
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
