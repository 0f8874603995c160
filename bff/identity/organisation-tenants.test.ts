import { createFakeStores, createManualClock } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { createOrganisationTenants } from './organisation-tenants.ts';

function createReplicas(mode: 'mapped' | 'automatic') {
  const clock = createManualClock(0);
  const { tenantStore } = createFakeStores(() => clock.nowMs());
  const replicas = [1, 2, 3].map(() => createOrganisationTenants({ store: tenantStore, clock, mode }));
  return { clock, tenantStore, replicas };
}

test('automatically, each organisation gets one tenant of its own, whichever replica sees it first', async () => {
  const { tenantStore, replicas } = createReplicas('automatic');
  const asked = [7, 8, 7].flatMap((organisationId) => replicas.map((replica) => replica.findTenantOf(organisationId)));
  const [seven, , , eight, , , again] = await Promise.all(asked);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([seven, eight]));
  expect(again).toBe(seven);
  expect(await tenantStore.listTenants()).toEqual([
    { id: seven, name: 'grafana-organisation-7', lokiOrgId: null, settings: {} },
    { id: eight, name: 'grafana-organisation-8', lokiOrgId: null, settings: {} },
  ]);
});

test('an organisation that an operator has mapped keeps its tenant', async () => {
  const { tenantStore, replicas } = createReplicas('automatic');
  const { id } = await tenantStore.createTenant('payments', 'team-payments');
  await tenantStore.mapOrganisation({ organisationId: 7, tenantId: id });
  expect(await replicas[0]?.findTenantOf(7)).toBe(id);
  expect(await tenantStore.listTenants()).toHaveLength(1);
});

test('otherwise an organisation is nobody’s until it is mapped, which is seen within seconds', async () => {
  const { clock, tenantStore, replicas } = createReplicas('mapped');
  const { id } = await tenantStore.createTenant('payments', null);
  expect(await replicas[0]?.findTenantOf(7)).toBeNull();
  await tenantStore.mapOrganisation({ organisationId: 7, tenantId: id });
  expect(await replicas[0]?.findTenantOf(7)).toBeNull();
  clock.advance(5000);
  expect(await replicas[0]?.findTenantOf(7)).toBe(id);
});
