import type { Clock, RateLimiter, WindowRequest, WindowState } from '@loghunter/ports';
import { roles, type Route } from '@loghunter/contracts';
import type { Principal } from '../http/principal.ts';
import { createLocalWindows } from './local-windows.ts';

/** Weight of requests within an hour. */
export interface LimitSettings {
  readonly user: number;
  readonly admin: number;
  /** Ordinary requests of people in Grafana. */
  readonly pages: number;
}

/** What a request did to its limit. */
export interface LimitState extends WindowState {
  /** `key`: everything that an API key does; `expensive` and `pages`: what people do; `door`: calls that carry their own signature. */
  readonly policy: 'key' | 'expensive' | 'pages' | 'door';
  readonly limit: number;
  readonly weight: number;
}

/** Limits of users and keys. */
export interface RateLimits {
  /** Counts a request, or says that it is one too many. Never throws. */
  take(principal: Principal, route: Pick<Route, 'weight'>): Promise<LimitState>;
  /** The same for a call before it is known who makes it, by the address that it comes from. Never throws. */
  takeAtDoor(door: Door, address: string): Promise<LimitState>;
}

/** Ways in for calls that carry their own signature: buttons of messages, and Grafana's alerts. */
export type Door = 'actions' | 'alerts';

/** Calls an hour from one address, which may be a proxy's: people press few buttons, and Grafana sends a group of alerts at a time. */
const doorLimits: Readonly<Record<Door, number>> = { actions: 600, alerts: 3600 };

/** What limits need. */
export interface RateLimitsParts {
  readonly settings: LimitSettings;
  /** Windows that replicas share; null when there is nothing to share them by. */
  readonly shared: RateLimiter | null;
  readonly clock: Clock;
}

/** A shared limiter that did not answer is left alone for this long: each try would cost every request its time limit. */
const pauseMs = 1000;

/**
 * Every request has to fit into the windows of this process, and into the shared ones while these can be reached. So one process never
 * lets more through than the limit, whenever the shared ones go away, come back, or come back empty.
 */
export function createRateLimits({ settings, shared, clock }: RateLimitsParts): RateLimits {
  const local = createLocalWindows(clock);
  let pausedUntilMs = 0;

  async function takeShared(request: WindowRequest): Promise<WindowState | undefined> {
    if (shared === null || clock.nowMs() < pausedUntilMs) {
      return undefined;
    }
    const state = await shared.take(request);
    if (state === undefined) {
      pausedUntilMs = clock.nowMs() + pauseMs;
    }
    return state;
  }

  async function takeBoth(policy: LimitState['policy'], request: WindowRequest): Promise<LimitState> {
    const { limit, weight } = request;
    const own = local.take(request);
    if (!own.isAllowed) {
      return { ...own, policy, limit, weight };
    }
    const common = await takeShared(request);
    if (common?.isAllowed === false) {
      local.giveBack(request);
    }
    return { ...(common ?? own), policy, limit, weight };
  }

  return {
    take(principal, route) {
      const { policy, limit, weight } = findPolicy(principal, route, settings);
      const { tenantId, actor } = principal;
      return takeBoth(policy, { subject: `${policy}:${tenantId}:${actor.kind}:${actor.id}`, limit, weight });
    },
    takeAtDoor: (door, address) =>
      takeBoth('door', { subject: `door:${door}:${address}`, limit: doorLimits[door], weight: 1 }),
  };
}

function findPolicy(
  { actor, role, hourlyLimit }: Principal,
  { weight = 1 }: Pick<Route, 'weight'>,
  settings: LimitSettings
) {
  const ofRole = roles.indexOf(role) >= roles.indexOf('admin') ? settings.admin : settings.user;
  if (actor.kind === 'api-key') {
    return { policy: 'key', limit: hourlyLimit ?? ofRole, weight } as const;
  }
  return weight > 1
    ? ({ policy: 'expensive', limit: ofRole, weight } as const)
    : ({ policy: 'pages', limit: settings.pages, weight } as const);
}
