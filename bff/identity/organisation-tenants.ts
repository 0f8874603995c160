import { isPortError, type Clock, type TenantStore } from '@loghunter/ports';

/** A change of the mapping is seen after this. */
const knownMs = 5000;
const maxKnown = 10_000;

/** Which tenant an organisation of Grafana is. */
export interface OrganisationTenants {
  /** Null when the organisation is nobody's. Throws `PortError`. */
  findTenantOf(organisationId: number): Promise<string | null>;
}

/** What finding tenants needs. */
export interface OrganisationTenantsParts {
  readonly store: TenantStore;
  readonly clock: Clock;
  /** `automatic`: an organisation that is nobody's gets a tenant of its own. */
  readonly mode: 'mapped' | 'automatic';
}

interface KnownOrganisation {
  readonly tenantId: Promise<string | null>;
  readonly askedAtMs: number;
}

/** Asks the database every few seconds for each organisation. */
export function createOrganisationTenants({ store, clock, mode }: OrganisationTenantsParts): OrganisationTenants {
  const known = new Map<number, KnownOrganisation>();

  async function find(organisationId: number): Promise<string | null> {
    const tenantId = await store.findTenantOf(organisationId);
    return tenantId === null && mode === 'automatic' ? adopt(store, organisationId) : tenantId;
  }

  return {
    findTenantOf(organisationId) {
      const nowMs = clock.nowMs();
      const entry = known.get(organisationId);
      if (entry !== undefined && nowMs - entry.askedAtMs < knownMs) {
        return entry.tenantId;
      }
      if (known.size >= maxKnown) {
        known.clear();
      }
      const tenantId = find(organisationId);
      known.set(organisationId, { tenantId, askedAtMs: nowMs });
      tenantId.catch(() => known.delete(organisationId));
      return tenantId;
    },
  };
}

async function adopt(store: TenantStore, organisationId: number): Promise<string> {
  const name = `grafana-organisation-${organisationId}`;
  const tenantId = (await findByName(store, name)) ?? (await createOrFind(store, name));
  return store.adoptOrganisation({ organisationId, tenantId });
}

async function createOrFind(store: TenantStore, name: string): Promise<string> {
  try {
    return (await store.createTenant(name, null)).id;
  } catch (error) {
    // Another replica was first.
    const tenantId = isPortError(error) && error.kind === 'conflict' ? await findByName(store, name) : undefined;
    if (tenantId === undefined) {
      throw error;
    }
    return tenantId;
  }
}

async function findByName(store: TenantStore, name: string): Promise<string | undefined> {
  return (await store.listTenants()).find((tenant) => tenant.name === name)?.id;
}
