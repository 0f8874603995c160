import { windowMs, windowStepMs, type Clock, type WindowRequest, type WindowState } from '@loghunter/ports';

/** Subjects with weight in their windows; more than this and windows that are nearly over are forgotten. */
const maxSubjects = 100_000;

/** Windows of this process. */
export interface LocalWindows {
  take(request: WindowRequest): WindowState;
  /** Takes back what `take` has just allowed. */
  giveBack(request: WindowRequest): void;
}

/** Weights by minute, the earliest first. */
type Minutes = Map<number, number>;

/** Sliding windows in memory, as {@link RateLimiter} defines them. */
export function createLocalWindows(clock: Clock): LocalWindows {
  const windows = new Map<string, Minutes>();

  function open(subject: string, nowMs: number): Minutes {
    const minutes = windows.get(subject) ?? new Map<number, number>();
    // The subject that was seen last goes to the end, so that the first ones are those that nobody has used for longest.
    windows.delete(subject);
    windows.set(subject, minutes);
    const first = Math.floor((nowMs - windowMs) / windowStepMs);
    for (const minute of minutes.keys()) {
      if (minute < first) {
        minutes.delete(minute);
      }
    }
    forgetOldest(windows);
    return minutes;
  }

  return {
    take({ subject, limit, weight }) {
      const nowMs = clock.nowMs();
      const minutes = open(subject, nowMs);
      const usedWeight = [...minutes.values()].reduce((sum, each) => sum + each, 0);
      const minute = Math.floor(nowMs / windowStepMs);
      if (usedWeight + weight <= limit) {
        minutes.set(minute, (minutes.get(minute) ?? 0) + weight);
        const [earliest = minute] = minutes.keys();
        return {
          isAllowed: true,
          usedWeight: usedWeight + weight,
          resetMs: leavesIn(earliest, nowMs),
          retryAfterMs: 0,
        };
      }
      const [earliest] = minutes.keys();
      return {
        isAllowed: false,
        usedWeight,
        resetMs: earliest === undefined ? 0 : leavesIn(earliest, nowMs),
        retryAfterMs: findRetry(minutes, usedWeight + weight - limit, nowMs),
      };
    },
    giveBack({ subject, weight }) {
      const minutes = windows.get(subject);
      const minute = Math.max(...(minutes?.keys() ?? []));
      minutes?.set(minute, Math.max(0, (minutes.get(minute) ?? 0) - weight));
    },
  };
}

// A minute that counts, counts until all of it is older than the window.
function leavesIn(minute: number, nowMs: number): number {
  return (minute + 1) * windowStepMs + windowMs - nowMs;
}

function findRetry(minutes: Minutes, excess: number, nowMs: number): number {
  let rest = excess;
  for (const [minute, weight] of minutes) {
    rest -= weight;
    if (rest <= 0) {
      return leavesIn(minute, nowMs);
    }
  }
  // A request that is heavier than its whole limit never fits.
  return windowMs;
}

function forgetOldest(windows: Map<string, Minutes>): void {
  const [oldest] = windows.keys();
  if (oldest !== undefined && windows.size > maxSubjects) {
    windows.delete(oldest);
  }
}
