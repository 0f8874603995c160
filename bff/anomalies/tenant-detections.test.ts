import { createManualClock, type ManualClock } from '@loghunter/ports/testing';
import type { Tenant } from '@loghunter/ports';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenTenant, OpenTenants } from '../tenants/open-tenants.ts';
import { openDetection, type OpenedDetection } from '../testing/detection-scene.ts';
import { startTenantDetections } from './tenant-detections.ts';

function tenantsOf(ids: readonly string[]): OpenTenants {
  const open = (id: string) =>
    ({ tenant: { id, name: id, lokiOrgId: null, settings: {} } satisfies Tenant }) as OpenTenant;
  return { open: (id) => Promise.resolve(open(id)), openAll: () => Promise.resolve(ids.map(open)) };
}

/** Detections of the tenants, each of whose looks ends at the lease: without it there is nothing more to do. */
async function start(ids: readonly string[], lease: (tenantId: string) => Promise<boolean>): Promise<ManualClock> {
  const opened: OpenedDetection = await openDetection();
  const clock = createManualClock(opened.clock.nowMs());
  const stop = startTenantDetections({
    ...{ tenants: tenantsOf(ids), clock, logger: pino({ level: 'silent' }), intervalMs: 60_000 },
    observeFailure: (error) => {
      throw error;
    },
    createContext: ({ tenant }, signal) => ({
      ...{ ...opened.context, signal, tenantId: tenant.id },
      detection: {
        ...opened.context.detection,
        lease: () => lease(tenant.id),
        release: () => Promise.resolve(),
      },
    }),
  });
  onTestFinished(stop);
  return clock;
}

test('a tenant whose database does not answer delays no other, and both are looked at again', async () => {
  const looked: string[] = [];
  let free: () => void = () => undefined;
  const held = new Promise<boolean>((resolve) => (free = () => resolve(false)));
  const clock = await start(['slow', 'quick'], (tenantId) => {
    looked.push(tenantId);
    return tenantId === 'slow' ? held : Promise.resolve(false);
  });
  for (let minute = 0; minute < 3; minute += 1) {
    await clock.whenSleeping(1);
    await expect.poll(() => looked.filter((id) => id === 'quick').length).toBe(minute + 1);
    clock.advance(60_000);
  }
  expect(looked.filter((id) => id === 'slow')).toHaveLength(1);
  free();
  await expect
    .poll(async () => {
      clock.advance(60_000);
      await clock.whenSleeping(1);
      return looked.filter((id) => id === 'slow').length;
    })
    .toBeGreaterThan(1);
}, 60_000);

test('four tenants are looked at at a time: the database has connections left for people', async () => {
  const looked: string[] = [];
  let free: () => void = () => undefined;
  const held = new Promise<boolean>((resolve) => (free = () => resolve(false)));
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const clock = await start(ids, (tenantId) => {
    looked.push(tenantId);
    return held;
  });
  await clock.whenSleeping(1);
  expect(looked).toEqual(ids.slice(0, 4));
  free();
  await expect.poll(() => looked).toEqual(ids);
}, 60_000);
