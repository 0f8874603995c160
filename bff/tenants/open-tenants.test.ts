import type { Tenant } from '@loghunter/ports';
import {
  createFakeLogStore,
  createFakeRedactionStore,
  createFakeStores,
  createManualClock,
} from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { createEventIdentifier } from '../events/identify-event.ts';
import { createTenantRules } from '../events/tenant-rules.ts';
import { createStoredTextRedaction } from '../redaction/stored-text-redaction.ts';
import { createOpenTenants } from './open-tenants.ts';

const observer = { observeRedactions: () => undefined };
const never = () => Promise.reject(new Error('not asked here'));
const services = { serviceLabels: ['app'], namespaceLabels: [] };

function createRegistry() {
  const clock = createManualClock(0);
  const { ledger, clusterRules } = createFakeStores(() => clock.nowMs());
  const opened: Tenant[] = [];
  const state = { isAway: false };
  const tenants = createOpenTenants({
    listTenants: () => (state.isAway ? Promise.reject(new Error('away')) : ledger.listTenants()),
    createParts(tenant) {
      opened.push(tenant);
      const logs = createFakeLogStore();
      const rules = createTenantRules({ tenantId: tenant.id, rules: clusterRules, clock });
      const identifier = createEventIdentifier({ tenantId: tenant.id, services, rules });
      const redaction = createStoredTextRedaction({ tenantId: tenant.id, store: createFakeRedactionStore(), observer });
      return {
        ...{ logs, backgroundLogs: logs, identifier, redaction, priceQuery: never },
        ...{ describeLoad: () => '', heldBackBy: () => null },
      };
    },
    clock,
  });
  return { clock, ledger, opened, state, tenants };
}

test('a tenant is opened once and has parts of its own', async () => {
  const { ledger, opened, tenants } = createRegistry();
  const one = await ledger.ensureTenant('one', null);
  const two = await ledger.ensureTenant('two', null);
  const [first, again, other] = await Promise.all([tenants.open(one.id), tenants.open(one.id), tenants.open(two.id)]);
  expect(again).toBe(first);
  expect(other.logs).not.toBe(first.logs);
  expect(opened.map(({ name }) => name)).toEqual(['one', 'two']);
});

test('a tenant that was created later is found at once, one that never was is refused', async () => {
  const { ledger, tenants } = createRegistry();
  await tenants.openAll();
  const late = await ledger.ensureTenant('late', null);
  expect((await tenants.open(late.id)).tenant).toEqual(late);
  await expect(tenants.open('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'forbidden' });
});

test('a tenant that reads other logs is opened anew within seconds', async () => {
  const { clock, ledger, tenants } = createRegistry();
  const { id } = await ledger.ensureTenant('one', 'team-a');
  const before = await tenants.open(id);
  await ledger.ensureTenant('one', 'team-b');
  expect(await tenants.open(id)).toBe(before);
  clock.advance(5000);
  await tenants.open(id);
  await tenants.openAll();
  const after = await tenants.open(id);
  expect(after.tenant.lokiOrgId).toBe('team-b');
  expect(after.logs).not.toBe(before.logs);
});

test('known tenants stay open while the database is away', async () => {
  const { clock, ledger, state, tenants } = createRegistry();
  const { id } = await ledger.ensureTenant('one', null);
  const before = await tenants.open(id);
  state.isAway = true;
  clock.advance(60_000);
  expect(await tenants.open(id)).toBe(before);
  await expect(tenants.openAll()).rejects.toThrow('away');
});

test('tenants that were not used for the longest time are closed when there are too many', async () => {
  const { ledger, opened, tenants } = createRegistry();
  const ids: string[] = [];
  for (let count = 0; count < 201; count += 1) {
    ids.push((await ledger.ensureTenant(`tenant-${count}`, null)).id);
  }
  for (const id of ids) {
    await tenants.open(id);
  }
  await tenants.open(ids[1] ?? '');
  expect(opened).toHaveLength(201);
  await tenants.open(ids[0] ?? '');
  expect(opened).toHaveLength(202);
});
