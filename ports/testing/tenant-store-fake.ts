import { PortError } from '../errors.ts';
import type { Ledger, Tenant } from '../ledger.ts';
import type { TenantStore } from '../tenant-store.ts';
import type { FakeState } from './ledger-fake-state.ts';

/** Tenants over the rows of a fake ledger. */
export function createFakeTenantStore(state: FakeState, ledger: Ledger): TenantStore {
  const organisations = new Map<number, string>();

  async function refuseTaken(wanted: Tenant): Promise<void> {
    const others = (await ledger.listTenants()).filter(({ id }) => id !== wanted.id);
    const isTaken = ({ name, lokiOrgId }: Tenant) =>
      name === wanted.name || (lokiOrgId !== null && lokiOrgId === wanted.lokiOrgId);
    if (others.some(isTaken)) {
      throw new PortError({ system: 'pglite', kind: 'conflict', message: 'Another tenant has the name or id' });
    }
  }

  return {
    listTenants: () => ledger.listTenants(),
    async createTenant(name, lokiOrgId) {
      await refuseTaken({ id: '', name, lokiOrgId, settings: {} });
      return ledger.ensureTenant(name, lokiOrgId);
    },
    async updateTenant(id, change) {
      const entry = state.tenants.get(id);
      if (entry === undefined) {
        return null;
      }
      const wanted = { ...entry.tenant, ...change };
      await refuseTaken(wanted);
      entry.tenant = wanted;
      return wanted;
    },
    changeSetting(id, name, value) {
      const entry = state.tenants.get(id);
      if (entry === undefined) {
        return Promise.resolve(null);
      }
      const { [name]: _, ...others } = entry.tenant.settings;
      entry.tenant = { ...entry.tenant, settings: value === null ? others : { ...others, [name]: value } };
      return Promise.resolve(entry.tenant);
    },
    listOrganisations: () =>
      Promise.resolve(
        [...organisations]
          .map(([organisationId, tenantId]) => ({ organisationId, tenantId }))
          .sort((a, b) => a.organisationId - b.organisationId)
      ),
    findTenantOf: (organisationId) => Promise.resolve(organisations.get(organisationId) ?? null),
    async mapOrganisation({ organisationId, tenantId }) {
      if (!state.tenants.has(tenantId)) {
        throw new PortError({ system: 'pglite', kind: 'not-found', message: `There is no tenant ${tenantId}` });
      }
      await Promise.resolve(organisations.set(organisationId, tenantId));
    },
    adoptOrganisation({ organisationId, tenantId }) {
      const owner = organisations.get(organisationId) ?? tenantId;
      organisations.set(organisationId, owner);
      return Promise.resolve(owner);
    },
    unmapOrganisation: (organisationId) => Promise.resolve(organisations.delete(organisationId)),
  };
}
