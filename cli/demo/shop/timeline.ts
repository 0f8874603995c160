/** What happens in the shop and when; everything else follows from the moment alone. */
export interface Timeline {
  /** Payments 2.15.0 replaces 2.14.3. */
  readonly deployMs: number;
  /** The new version holds on to connections: its pool runs dry from here on. */
  readonly exhaustionMs: number;
  /** The old version comes back; all is well soon after. */
  readonly rollbackMs: number;
}

/** How bad things are at a moment, 0 (well) to 1 in each service, in the order in which it spreads. */
export interface Trouble {
  readonly payments: number;
  readonly checkout: number;
  readonly storefront: number;
}

const minuteMs = 60_000;
// Each service gives way when its callers' patience and retries are used up.
const checkoutDelayMs = 3 * minuteMs;
const storefrontDelayMs = 7 * minuteMs;
const rampMs = 8 * minuteMs;

/** The incident falls into the last hour before `endMs` and is still going on at the end. */
export function createTimeline(endMs: number): Timeline {
  return { deployMs: endMs - 52 * minuteMs, exhaustionMs: endMs - 41 * minuteMs, rollbackMs: endMs + 25 * minuteMs };
}

/** Trouble at a moment: grows over some minutes in each service, ends soon after the rollback. */
export function troubleAt(timeline: Timeline, nowMs: number): Trouble {
  const left = Math.min(1, Math.max(0, 1 - (nowMs - timeline.rollbackMs) / (2 * minuteMs)));
  const since = (delayMs: number) =>
    Math.min(1, Math.max(0, (nowMs - timeline.exhaustionMs - delayMs) / rampMs)) * left;
  return { payments: since(0), checkout: since(checkoutDelayMs), storefront: since(storefrontDelayMs) };
}

/** Version of payments that runs at a moment. */
export function paymentsVersionAt(timeline: Timeline, nowMs: number): string {
  return nowMs >= timeline.deployMs && nowMs < timeline.rollbackMs ? '2.15.0' : '2.14.3';
}

/** Visitors by the time of day (UTC), 1 on average: quiet nights, a lunch and an evening peak. */
export function rhythmAt(nowMs: number): number {
  const hour = (nowMs / 3_600_000) % 24;
  const bump = (center: number, width: number) => Math.exp(-(((((hour - center + 36) % 24) - 12) / width) ** 2));
  return 0.85 + 0.18 * bump(12.5, 3) + 0.32 * bump(19.5, 3.2) - 0.12 * bump(3.5, 3);
}
