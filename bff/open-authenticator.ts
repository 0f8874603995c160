// Puts together how this server knows its callers.
import { createKeyAuthenticator } from './api-keys/authenticate-key.ts';
import { createKeyUses } from './api-keys/key-uses.ts';
import { openSigningKeys } from './composition.ts';
import { createAuthenticator, type Authenticator, type AuthenticatorParts } from './identity/authenticate.ts';
import { createKnownKeys } from './identity/known-keys.ts';
import { createOrganisationTenants } from './identity/organisation-tenants.ts';
import { createIdentityVerifier } from './identity/verify-identity.ts';
import type { ServerParts } from './tenant-services.ts';

/** Grafana's own first organisation. */
const firstOrganisationId = 1;

/** An authenticator, and what ends its work in the background. */
export interface OpenedAuthenticator {
  readonly authenticator: Authenticator;
  readonly close: () => Promise<void>;
}

/** Opens what authentication needs. Throws `PortError` of the database. */
export async function openAuthenticator(parts: ServerParts): Promise<OpenedAuthenticator> {
  const { config, configured, database, clock, logger, metrics } = parts;
  const { apiKeys } = database;
  const uses = createKeyUses(apiKeys, metrics.observeFailure);
  const authenticator = createAuthenticator({
    secrets: config.grafanaSecrets,
    keys: createKeyAuthenticator({ store: apiKeys, clock, observeUse: uses.note }),
    grafana: await openGrafana(parts),
    roleWithoutIdentity: config.roleWithoutIdentity,
    configuredTenantId: configured.id,
    logger,
  });
  return { authenticator, close: uses.stop };
}

async function openGrafana(parts: ServerParts): Promise<AuthenticatorParts['grafana']> {
  const { config, configured, database, clock, logger, metrics } = parts;
  const { grafana } = config;
  if (grafana === null) {
    return null;
  }
  // Only while nobody has said anything: an operator may have given the first organisation to another tenant.
  if ((await database.tenants.listOrganisations()).length === 0) {
    await database.tenants.adoptOrganisation({ organisationId: firstOrganisationId, tenantId: configured.id });
  }
  const keys = createKnownKeys({
    source: openSigningKeys(grafana.url),
    clock,
    observeFailure(error) {
      metrics.observeFailure(error);
      logger.warn({ err: error }, "Grafana's keys cannot be read; users are refused until they can");
    },
  });
  return {
    verifier: createIdentityVerifier({ keys, issuer: grafana.issuer, clock }),
    organisations: createOrganisationTenants({ store: database.tenants, clock, mode: grafana.organisations }),
    operators: new Set(grafana.operators),
  };
}
