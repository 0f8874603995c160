import type { IgnoredUntil, IgnoredWork, OpenWork, ResolvedWork, Work } from './work.ts';

/**
 * The work of a cluster that others became part of, which people know already: put away when all of them are, alike, and else as open as the
 * most urgent of them. Null when there are none, or when they are put away in different ways, so that no decision holds for all.
 */
export function takeOver(members: readonly Work[]): Work | null {
  const ignored = members.filter((work) => work.state === 'ignored');
  const resolved = members.filter((work) => work.state === 'resolved');
  const open = members.filter((work) => work.state !== 'ignored' && work.state !== 'resolved');
  if (open.length > 0) {
    return mostUrgent(open);
  }
  return resolved.length === 0 ? ignoreAlike(ignored) : ignored.length === 0 ? resolveAlike(resolved) : null;
}

/** New comes last: a cluster of which people know a part that was new long ago is not. */
const byUrgency = ['escalating', 'regressed', 'ongoing', 'new'] as const;

function mostUrgent(members: readonly OpenWork[]): OpenWork | null {
  const state = byUrgency.find((one) => members.some((work) => work.state === one));
  return state === undefined ? null : { state, sinceMs: earliest(members.filter((work) => work.state === state)) };
}

function ignoreAlike(members: readonly IgnoredWork[]): IgnoredWork | null {
  const [first] = members;
  if (first === undefined || !members.every(({ until }) => isAlike(until, first.until))) {
    return null;
  }
  const until = members.map((work) => work.until).reduce(add);
  return { state: 'ignored', sinceMs: earliest(members), until };
}

function isAlike(one: IgnoredUntil | null, other: IgnoredUntil | null): boolean {
  switch (one?.kind) {
    case undefined:
      return other === null;
    case 'time':
      return other?.kind === 'time' && one.atMs === other.atMs;
    case 'count':
      return other?.kind === 'count' && one.eventCount === other.eventCount;
    case 'rate':
      return other?.kind === 'rate' && one.factor === other.factor;
  }
}

// The cluster has the events of all of them: so does what they are compared with.
function add(one: IgnoredUntil | null, other: IgnoredUntil | null): IgnoredUntil | null {
  if (one?.kind === 'count' && other?.kind === 'count') {
    return { ...one, startCount: one.startCount + other.startCount };
  }
  return one?.kind === 'rate' && other?.kind === 'rate' ? { ...one, perHour: one.perHour + other.perHour } : one;
}

function resolveAlike(members: readonly ResolvedWork[]): ResolvedWork | null {
  const [first] = members;
  if (first === undefined || !members.every(({ release }) => release?.name === first.release?.name)) {
    return null;
  }
  const knownReleases = [...new Set(members.flatMap(({ release }) => release?.knownReleases ?? []))];
  return {
    ...{ state: 'resolved', sinceMs: earliest(members) },
    reopensAfterMs: Math.max(...members.map(({ reopensAfterMs }) => reopensAfterMs)),
    release: first.release && { name: first.release.name, knownReleases },
  };
}

function earliest(members: readonly Work[]): number {
  return Math.min(...members.map(({ sinceMs }) => sinceMs));
}
