import type { Clock, LiveStore, WorkListStore } from '@loghunter/ports';
import type { OpenTenant, OpenTenants } from '../tenants/open-tenants.ts';
import type { WorkFollower } from './follow-work.ts';

/** What keeps all tenants' work lists up to date. */
export interface WorkFollowersParts {
  readonly tenants: OpenTenants;
  readonly createFollower: (tenant: OpenTenant) => WorkFollower;
  readonly workList: Pick<WorkListStore, 'deleteHiddenBefore'>;
  readonly live: Pick<LiveStore, 'deleteBefore'>;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

/** A regression is on the screen within seconds of its line. */
const pauseMs = 3000;
/** A page that was away for longer reads everything again. */
const liveKeptMs = 3_600_000;
/** As saved filters: what was taken back may be asked for a month. */
const hiddenKeptMs = 30 * 86_400_000;
const cleaningIntervalMs = 600_000;
const cleaningLimit = 10_000;

/** Follows every tenant's ledger, one after the other, over and over. Returns what stops it. */
export function startWorkFollowers(parts: WorkFollowersParts): () => Promise<void> {
  const { tenants, clock, observeFailure } = parts;
  const stop = new AbortController();
  const followers = new Map<string, { readonly tenant: OpenTenant; readonly follower: WorkFollower }>();
  let cleanedAtMs = Number.NEGATIVE_INFINITY;

  function followerOf(tenant: OpenTenant): WorkFollower {
    const { id } = tenant.tenant;
    const known = followers.get(id);
    if (known?.tenant === tenant) {
      return known.follower;
    }
    const follower = parts.createFollower(tenant);
    followers.set(id, { tenant, follower });
    return follower;
  }

  async function clean(tenantId: string, nowMs: number): Promise<void> {
    await parts.live.deleteBefore(tenantId, nowMs - liveKeptMs, cleaningLimit);
    await parts.workList.deleteHiddenBefore(tenantId, nowMs - hiddenKeptMs, cleaningLimit);
  }

  async function followAll(): Promise<void> {
    const nowMs = clock.nowMs();
    const isCleaning = nowMs - cleanedAtMs >= cleaningIntervalMs;
    for (const tenant of await tenants.openAll()) {
      if (stop.signal.aborted) {
        return;
      }
      // One tenant that fails must not keep those after it from being followed.
      await followerOf(tenant).follow().catch(observeFailure);
      if (isCleaning) {
        await clean(tenant.tenant.id, nowMs).catch(observeFailure);
      }
    }
    cleanedAtMs = isCleaning ? nowMs : cleanedAtMs;
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await followAll().catch(observeFailure);
      await clock.sleep(pauseMs, stop.signal);
    }
  }

  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
}
