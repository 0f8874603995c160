import type { Logger } from 'pino';
import type { Scanner } from '../scanner/scanner.ts';
import type { WatchProgress } from '../scanner/watch-scanner.ts';
import { hasSameParts, type OpenTenant, type OpenTenants } from './open-tenants.ts';

/** A tenant that was created is read from this long after, at the latest. */
const syncMs = 10_000;

/** Scanners of every tenant that has logs, in this process. */
export interface TenantScanners {
  /** Starts a scanner for each tenant, now and for those that come later. Throws `PortError` when the first look fails. */
  start(): Promise<void>;
  /** Ends the rounds that run and gives the leases back. */
  stop(): Promise<void>;
  /** Progress of one tenant's watches. */
  progressOf(tenantId: string): readonly WatchProgress[];
  /** Progress of all tenants' watches. */
  progress(): readonly WatchProgress[];
}

/** What the scanners of all tenants need. */
export interface TenantScannersParts {
  readonly tenants: OpenTenants;
  /** Null for a tenant whose logs are not read. */
  readonly createScanner: (tenant: OpenTenant) => Promise<Scanner | null>;
  readonly logger: Logger;
  readonly observeFailure: (error: unknown) => void;
}

interface Running {
  readonly tenant: OpenTenant;
  readonly scanner: Scanner | null;
}

/** Keeps one scanner for each tenant; tenants come and go while the server runs. */
export function createTenantScanners(parts: TenantScannersParts): TenantScanners {
  const running = new Map<string, Running>();
  let timer: NodeJS.Timeout | undefined;
  let syncing: Promise<void> = Promise.resolve();

  async function begin(tenant: OpenTenant): Promise<void> {
    const scanner = await parts.createScanner(tenant);
    scanner?.start();
    running.set(tenant.tenant.id, { tenant, scanner });
  }

  async function sync(): Promise<void> {
    const tenants = await parts.tenants.openAll();
    const byId = new Map(tenants.map((tenant) => [tenant.tenant.id, tenant]));
    for (const [id, { tenant, scanner }] of running) {
      const current = byId.get(id)?.tenant;
      if (current === undefined || !hasSameParts(current, tenant.tenant)) {
        await scanner?.stop();
        running.delete(id);
      }
    }
    const missing = [...byId].filter(([id]) => !running.has(id));
    const failures: unknown[] = [];
    for (const [, tenant] of missing) {
      // One tenant that cannot be read must not keep those after it from being read.
      await begin(tenant).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  function syncAgain(): void {
    syncing = syncing.then(sync).catch((error: unknown) => {
      parts.observeFailure(error);
      parts.logger.warn({ err: error }, 'looking for new tenants failed and is tried again');
    });
  }

  return {
    async start() {
      await sync();
      timer = setInterval(syncAgain, syncMs);
    },
    async stop() {
      clearInterval(timer);
      await syncing;
      await Promise.all([...running.values()].map(({ scanner }) => scanner?.stop()));
    },
    progressOf: (tenantId) => running.get(tenantId)?.scanner?.progress() ?? [],
    progress: () => [...running.values()].flatMap(({ scanner }) => scanner?.progress() ?? []),
  };
}
