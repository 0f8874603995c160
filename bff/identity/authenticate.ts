import type { Role } from '@loghunter/contracts';
import type { Logger } from 'pino';
import type { KeyAuthenticator } from '../api-keys/authenticate-key.ts';
import { hasKeyPrefix } from '../api-keys/key-format.ts';
import { isLoopback } from '../config.ts';
import { ProblemError } from '../http/problem-error.ts';
import { installationOf, pluginRoutes, type PluginRoute, type Principal } from '../http/principal.ts';
import type { Secret } from '../settings/secret.ts';
import type { OrganisationTenants } from './organisation-tenants.ts';
import { createSecretCheck } from './shared-secrets.ts';
import type { IdentityVerifier } from './verify-identity.ts';

/** Finds out who makes a request. */
export interface Authenticator {
  /**
   * Throws `ProblemError` `unauthenticated` for a direct call and `forbidden` for one through Grafana's proxy, `PortError` when the database
   * that knows keys and tenants is away. The reason is the same for every way in which a credential is wrong.
   */
  authenticate(headers: Headers): Promise<Principal>;
}

/** What authentication needs. */
export interface AuthenticatorParts {
  readonly secrets: readonly Secret[];
  readonly keys: KeyAuthenticator;
  /** Null when no Grafana is configured whose signature could be checked. */
  readonly grafana: {
    readonly verifier: IdentityVerifier;
    readonly organisations: OrganisationTenants;
    /** Subjects that run the installation. */
    readonly operators: ReadonlySet<string>;
  } | null;
  /** What requests that name nobody may do; null: nothing. They carry the secret, or there is none. */
  readonly roleWithoutIdentity: Role | null;
  /** The tenant of requests that name nobody. */
  readonly configuredTenantId: string;
  readonly logger: Logger;
}

interface Credentials {
  readonly bearer: string;
  readonly apiKey: string;
  readonly identity: string | null;
  /** Grafana's proxy always sets at least one of these headers; a direct caller who sets one gets 403 instead of 401, and nothing else. */
  readonly isProxied: boolean;
}

/** Knows callers by API key, or by the shared secret and Grafana's signed identity. */
export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const isSecret = createSecretCheck(parts.secrets);
  const anonymous =
    parts.roleWithoutIdentity === null ? null : installationOf(parts.configuredTenantId, parts.roleWithoutIdentity);

  async function authenticateKey(text: string, credentials: Credentials): Promise<Principal> {
    const principal = await parts.keys.authenticate(text);
    if (principal === null) {
      throw refuse(credentials, 'The API key is not valid.');
    }
    return principal;
  }

  return {
    async authenticate(headers) {
      const credentials = readCredentials(headers);
      const { bearer, apiKey, identity } = credentials;
      if (apiKey !== '') {
        if (bearer !== '') {
          throw refuse(credentials, 'The request carries two credentials: send one.');
        }
        return authenticateKey(apiKey, credentials);
      }
      if (hasKeyPrefix(bearer)) {
        return authenticateKey(bearer, credentials);
      }
      if (parts.secrets.length > 0 && !isSecret(bearer)) {
        throw refuse(credentials, describeWrongSecret(bearer));
      }
      if (parts.grafana !== null && identity !== null) {
        return authenticateUser(parts, parts.grafana, headers, identity);
      }
      if (anonymous === null) {
        throw refuse(credentials, describeMissingIdentity(parts));
      }
      if (parts.secrets.length === 0) {
        refuseOtherSites(headers);
      }
      const pluginRoute = readPluginRoute(headers);
      return pluginRoute === null ? anonymous : { ...anonymous, pluginRoute };
    },
  };
}

async function authenticateUser(
  { logger }: AuthenticatorParts,
  grafana: NonNullable<AuthenticatorParts['grafana']>,
  headers: Headers,
  token: string
): Promise<Principal> {
  const pluginRoute = readPluginRoute(headers);
  if (pluginRoute === null) {
    throw new ProblemError('forbidden', "The request did not come over the plugin's route.");
  }
  const identity = await grafana.verifier.verify(token);
  if ('refusal' in identity) {
    logger.warn({ reason: identity.refusal }, "an identity of Grafana's was refused");
    throw new ProblemError(
      'forbidden',
      "Grafana's word on who you are is not valid here: the server's log has the reason."
    );
  }
  const tenantId = await grafana.organisations.findTenantOf(identity.organisationId);
  if (tenantId === null) {
    throw new ProblemError(
      'forbidden',
      `Organisation ${identity.organisationId} of Grafana belongs to no tenant: whoever runs LogHunter says which.`
    );
  }
  return {
    tenantId,
    actor: { kind: 'grafana-user', id: identity.subject, name: identity.name },
    role: grafana.operators.has(identity.subject) ? 'operator' : identity.role,
    pluginRoute,
  };
}

/**
 * Without a secret only the address keeps callers out, and browsers bring pages of other sites to it: by a name of theirs that resolves to
 * 127.0.0.1 (DNS rebinding; `Host` is that name), or by a WebSocket, which knows no CORS (`Origin` is the page's).
 */
function refuseOtherSites(headers: Headers): void {
  const host = headers.get('Host');
  const origin = headers.get('Origin');
  if ((host !== null && !isOfThisMachine(`http://${host}`)) || (origin !== null && !isOfThisMachine(origin))) {
    throw new ProblemError(
      'forbidden',
      'Without LOGHUNTER_GRAFANA_SECRET the server answers only at localhost or 127.0.0.1, and no page of another site.'
    );
  }
}

function isOfThisMachine(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname.replaceAll(/[[\]]/g, ''));
}

/** Grafana sets this header for the route of plugin.json that it matched; without it a token came another way. */
function readPluginRoute(headers: Headers): PluginRoute | null {
  const scope = headers.get('X-LogHunter-Scope');
  return pluginRoutes.find((known) => known === scope) ?? null;
}

function readCredentials(headers: Headers): Credentials {
  const identity = headers.get('X-Grafana-Id');
  return {
    bearer: /^Bearer (.*)$/i.exec(headers.get('Authorization') ?? '')?.[1] ?? '',
    apiKey: headers.get('X-API-Key') ?? '',
    identity: identity === '' ? null : identity,
    isProxied: ['X-Grafana-Id', 'X-Grafana-Context', 'X-LogHunter-Scope'].some((name) => headers.has(name)),
  };
}

function describeWrongSecret(bearer: string): string {
  return bearer === '' || bearer === '<no value>'
    ? "The request carries no credentials: enter the server's secret in the plugin's configuration, or send an API key."
    : "The request's secret is wrong: the plugin's configuration and the server must hold the same one.";
}

function describeMissingIdentity({ grafana }: AuthenticatorParts): string {
  return grafana === null
    ? 'The request carries no credentials: send an API key.'
    : 'The request does not say who makes it: Grafana sent no signed identity.';
}

// Grafana's client sends a request again on 401, so that a call through the proxy never gets one.
function refuse({ isProxied }: Credentials, detail: string): ProblemError {
  return isProxied
    ? new ProblemError('forbidden', detail)
    : new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="loghunter"' } });
}
