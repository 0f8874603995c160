import type { Logger } from 'pino';
import type { Clock } from '@loghunter/ports';
import { hasSameParts, type OpenTenant, type OpenTenants } from '../tenants/open-tenants.ts';
import { TenantDetection } from './tenant-detection.ts';
import type { DetectionContext } from './detection-context.ts';

/** What the detectors of all tenants need. */
export interface TenantDetectionsParts {
  readonly tenants: OpenTenants;
  readonly createContext: (tenant: OpenTenant, signal: AbortSignal) => DetectionContext;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observeFailure: (error: unknown) => void;
}

interface Watched {
  readonly tenant: OpenTenant;
  readonly detection: TenantDetection;
}

/** Looked at at the same time: a tenant that has much to judge holds up no other, and people keep most of the database's ten connections. */
const maxConcurrent = 4;

/** Looks at every tenant once an interval, some at the same time. Returns what stops it and gives the leases back. */
export function startTenantDetections(parts: TenantDetectionsParts): () => Promise<void> {
  const { tenants, clock, intervalMs, logger, observeFailure, createContext } = parts;
  const stop = new AbortController();
  const { signal } = stop;
  const watched = new Map<string, Watched>();
  const looks = new Map<string, Promise<void>>();
  const places = createPlaces(maxConcurrent);

  /** Looks until there is nothing left to judge; after each look others that wait get their turn. */
  async function look(tenant: OpenTenant): Promise<void> {
    for (let hasMore = true; hasMore && !signal.aborted;) {
      await places.enter();
      try {
        hasMore = !signal.aborted && (await watchOf(tenant).tick());
      } finally {
        places.leave();
      }
    }
  }

  async function beginLooks(): Promise<void> {
    const open = await tenants.openAll();
    const ids = new Set(open.map(({ tenant }) => tenant.id));
    for (const [id, { detection }] of watched) {
      if (!ids.has(id) && !looks.has(id)) {
        watched.delete(id);
        await detection.release();
      }
    }
    for (const tenant of open) {
      const { id } = tenant.tenant;
      if (!looks.has(id)) {
        looks.set(
          id,
          look(tenant)
            .catch(noteFailure)
            .finally(() => looks.delete(id))
        );
      }
    }
  }

  function watchOf(tenant: OpenTenant): TenantDetection {
    const known = watched.get(tenant.tenant.id);
    if (known !== undefined && hasSameParts(known.tenant.tenant, tenant.tenant)) {
      return known.detection;
    }
    const detection = new TenantDetection(createContext(tenant, signal));
    watched.set(tenant.tenant.id, { tenant, detection });
    return detection;
  }

  function noteFailure(error: unknown): void {
    if (!signal.aborted) {
      observeFailure(error);
      logger.warn({ err: error }, 'looking for anomalies failed and is tried again');
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await beginLooks().catch(noteFailure);
      const done = new AbortController();
      void Promise.all(looks.values()).then(() => done.abort());
      await clock.sleep(intervalMs, AbortSignal.any([signal, done.signal]));
      // While one is slow the others are looked at again; when all are done, after the pause.
      if (done.signal.aborted) {
        await clock.sleep(intervalMs, signal);
      }
    }
  }

  const running = run();
  return async () => {
    stop.abort();
    await running;
    await Promise.all(looks.values());
    await Promise.all([...watched.values()].map(({ detection }) => detection.release()));
  };
}

/** So many may be inside at a time; who comes first is let in first. */
function createPlaces(count: number): { enter(): Promise<void>; leave(): void } {
  const waiting: Array<() => void> = [];
  let free = count;
  return {
    async enter() {
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    /** Hands the place on to whoever waits longest. */
    leave() {
      const next = waiting.shift();
      if (next === undefined) {
        free += 1;
      } else {
        next();
      }
    },
  };
}
