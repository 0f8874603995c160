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

/** Looks at every tenant, one after the other, once an interval. Returns what stops it and gives the leases back. */
export function startTenantDetections(parts: TenantDetectionsParts): () => Promise<void> {
  const { tenants, clock, intervalMs, logger, observeFailure, createContext } = parts;
  const stop = new AbortController();
  const { signal } = stop;
  const watched = new Map<string, Watched>();

  async function lookAtAll(): Promise<boolean> {
    let hasMore = false;
    const open = await tenants.openAll();
    const ids = new Set(open.map(({ tenant }) => tenant.id));
    for (const [id, { detection }] of watched) {
      if (!ids.has(id)) {
        await detection.release();
        watched.delete(id);
      }
    }
    for (const tenant of open) {
      signal.throwIfAborted();
      hasMore = (await watchOf(tenant).tick()) || hasMore;
    }
    return hasMore;
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

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        if (await lookAtAll()) {
          continue;
        }
      } catch (error) {
        if (!signal.aborted) {
          observeFailure(error);
          logger.warn({ err: error }, 'looking for anomalies failed and is tried again');
        }
      }
      await clock.sleep(intervalMs, signal);
    }
  }

  const running = run();
  return async () => {
    stop.abort();
    await running;
    await Promise.all([...watched.values()].map(({ detection }) => detection.release()));
  };
}
