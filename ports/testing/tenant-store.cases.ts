import { expect } from 'vitest';
import type { TenantStore } from '../tenant-store.ts';
import type { ContractCase } from './contract-case.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

function fresh(): string {
  return `t-${crypto.randomUUID()}`;
}

/** An organisation that no other case uses. */
function freshOrganisation(): number {
  return 1 + Math.floor(Math.random() * 2 ** 50);
}

/** What every {@link TenantStore} does. */
export const tenantStoreCases: ReadonlyArray<ContractCase<TenantStore>> = [
  {
    title: 'tenants are created, listed and renamed',
    async run(store) {
      const [name, later, org] = [fresh(), fresh(), fresh()];
      const tenant = await store.createTenant(name, org);
      expect(await store.listTenants()).toContainEqual({ id: tenant.id, name, lokiOrgId: org, settings: {} });
      const renamed = { id: tenant.id, name: later, lokiOrgId: org, settings: {} };
      expect(await store.updateTenant(tenant.id, { name: later })).toEqual(renamed);
      expect(await store.updateTenant(tenant.id, {})).toEqual(renamed);
      expect(await store.updateTenant(unknownId, { name })).toBeNull();
    },
  },
  {
    title: "no two tenants have one name or one of Loki's ids",
    async run(store) {
      const [name, org] = [fresh(), fresh()];
      const first = await store.createTenant(name, org);
      const other = await store.createTenant(fresh(), null);
      const conflict = { kind: 'conflict' };
      await expect(store.createTenant(name, null)).rejects.toMatchObject(conflict);
      await expect(store.createTenant(fresh(), org)).rejects.toMatchObject(conflict);
      await expect(store.updateTenant(other.id, { name })).rejects.toMatchObject(conflict);
      await expect(store.updateTenant(other.id, { lokiOrgId: org })).rejects.toMatchObject(conflict);
      expect(await store.updateTenant(first.id, { name, lokiOrgId: org })).toMatchObject({ name });
    },
  },
  {
    title: 'settings are set one by one, kept with the tenant and taken away again',
    async run(store) {
      const [one, two] = [await store.createTenant(fresh(), null), await store.createTenant(fresh(), null)];
      await store.changeSetting(one.id, 'retentionDays', 7);
      const changed = await store.changeSetting(one.id, 'queryCacheSeconds', 0);
      expect(changed).toEqual({ ...one, settings: { retentionDays: 7, queryCacheSeconds: 0 } });
      expect(await store.listTenants()).toEqual(expect.arrayContaining([changed, two]));
      expect((await store.changeSetting(one.id, 'retentionDays', null))?.settings).toEqual({ queryCacheSeconds: 0 });
      expect((await store.updateTenant(one.id, { name: fresh() }))?.settings).toEqual({ queryCacheSeconds: 0 });
      expect(await store.changeSetting(unknownId, 'retentionDays', 7)).toBeNull();
    },
  },
  {
    title: 'an organisation is one tenant’s, and may be moved and taken away',
    async run(store) {
      const [one, two] = [await store.createTenant(fresh(), null), await store.createTenant(fresh(), null)];
      const organisationId = freshOrganisation();
      expect(await store.findTenantOf(organisationId)).toBeNull();
      expect(await store.adoptOrganisation({ organisationId, tenantId: one.id })).toBe(one.id);
      expect(await store.adoptOrganisation({ organisationId, tenantId: two.id })).toBe(one.id);
      await store.mapOrganisation({ organisationId, tenantId: two.id });
      expect(await store.findTenantOf(organisationId)).toBe(two.id);
      expect(await store.listOrganisations()).toContainEqual({ organisationId, tenantId: two.id });
      expect(await store.unmapOrganisation(organisationId)).toBe(true);
      expect(await store.unmapOrganisation(organisationId)).toBe(false);
      await expect(store.mapOrganisation({ organisationId, tenantId: unknownId })).rejects.toMatchObject({
        kind: 'not-found',
      });
    },
  },
];
