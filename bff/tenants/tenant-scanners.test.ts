import type { Tenant } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Scanner } from '../scanner/scanner.ts';
import type { OpenTenant, OpenTenants } from './open-tenants.ts';
import { createTenantScanners } from './tenant-scanners.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function tenantOf(id: string, change: Partial<Tenant> = {}): OpenTenant {
  const tenant = { id, name: id, lokiOrgId: id, settings: {}, ...change };
  // The scanners look at the tenant alone.
  return { tenant, logs: createFakeLogStore() } as unknown as OpenTenant;
}

function createScanners(tenants: OpenTenant[]) {
  const events: string[] = [];
  const broken = new Set<string>();
  const failures: unknown[] = [];
  const open: OpenTenants = {
    open: () => Promise.reject(new TypeError('not used')),
    openAll: () => Promise.resolve(tenants),
  };
  const scanners = createTenantScanners({
    tenants: open,
    createScanner({ tenant: { id, lokiOrgId } }) {
      if (broken.has(id)) {
        return Promise.reject(new Error(`${id} is broken`));
      }
      const scanner: Scanner = {
        start: () => void events.push(`start ${id} ${lokiOrgId}`),
        stop: () => Promise.resolve(void events.push(`stop ${id} ${lokiOrgId}`)),
        progress: () => [{ name: id, phase: 'live', failure: '', readUpToMs: 0, foreignStreamCount: 0 }],
        scanOnce: () => Promise.resolve(),
      };
      return Promise.resolve(lokiOrgId === null ? null : scanner);
    },
    logger: pino({ level: 'silent' }),
    observeFailure: (error) => void failures.push(error),
  });
  return { events, broken, failures, scanners };
}

test('tenants that come, change their logs or settings, and go are followed', async () => {
  const tenants = [tenantOf('a'), tenantOf('none', { lokiOrgId: null })];
  const { events, scanners } = createScanners(tenants);
  await scanners.start();
  tenants.push(tenantOf('b'));
  await vi.advanceTimersByTimeAsync(10_000);
  tenants[0] = tenantOf('a', { lokiOrgId: 'other' });
  await vi.advanceTimersByTimeAsync(10_000);
  tenants[0] = tenantOf('a', { lokiOrgId: 'other', name: 'renamed' });
  await vi.advanceTimersByTimeAsync(10_000);
  tenants[0] = tenantOf('a', { lokiOrgId: 'other', settings: { retentionDays: 3 } });
  await vi.advanceTimersByTimeAsync(10_000);
  tenants.pop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual([
    'start a a',
    'start b b',
    'stop a a',
    'start a other',
    'stop a other',
    'start a other',
    'stop b b',
  ]);
  expect(scanners.progress().map(({ name }) => name)).toEqual(['a']);
  expect(scanners.progressOf('b')).toEqual([]);
  await scanners.stop();
  expect(events.at(-1)).toBe('stop a other');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(events).toHaveLength(8);
});

test('a tenant that cannot be read keeps no other from being read, and is tried again', async () => {
  const tenants = [tenantOf('b')];
  const { broken, events, failures, scanners } = createScanners(tenants);
  broken.add('a');
  await scanners.start();
  tenants.unshift(tenantOf('a'));
  tenants.push(tenantOf('c'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual(['start b b', 'start c c']);
  expect(failures.map(String)).toEqual(['Error: a is broken']);
  broken.clear();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events.at(-1)).toBe('start a a');
  await scanners.stop();
});

test('a server whose own tenant cannot be read does not start', async () => {
  const { broken, scanners } = createScanners([tenantOf('a')]);
  broken.add('a');
  await expect(scanners.start()).rejects.toThrow('a is broken');
  await scanners.stop();
});
