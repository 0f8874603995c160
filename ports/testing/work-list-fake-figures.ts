import { freshMs, type Work } from '@loghunter/engine/work-list';
import type { DueWork, ListedWork, MemberWork, WorkRate } from '../work-list-store.ts';
import { canonicalIdOf, figuresOf } from './ledger-fake-state.ts';
import type { FakeTenant } from './ledger-fake-state.ts';

const hourMs = 3_600_000;
const usualHours = 7 * 24;

export function listedOf(tenant: FakeTenant, clusterId: string): ListedWork | null {
  const identity = tenant.clusters.get(clusterId);
  const figures = figuresOf(tenant, clusterId);
  if (identity === undefined || figures === undefined || canonicalIdOf(tenant, clusterId) !== clusterId) {
    return null;
  }
  const row = tenant.workList.work.get(clusterId);
  return {
    clusterId,
    service: identity.service,
    namespace: identity.namespace,
    firstSeenMs: Number(figures.firstNs / 1_000_000n),
    lastSeenMs: Number(figures.lastNs / 1_000_000n),
    eventCount: eventsOf(tenant, clusterId).reduce((total, { eventCount }) => total + eventCount, 0),
    current: row?.current ?? null,
    revision: row?.revision ?? 0,
  };
}

export function allListed(tenant: FakeTenant): ListedWork[] {
  return [...tenant.clusters.keys()].sort().flatMap((id) => listedOf(tenant, id) ?? []);
}

export function listMembers(tenant: FakeTenant, canonicalIds: readonly string[]): readonly MemberWork[] {
  const parts = [...tenant.clusters.keys()].sort().flatMap((clusterId) => {
    const canonicalId = canonicalIdOf(tenant, clusterId);
    const row = tenant.workList.work.get(clusterId);
    return row === undefined || canonicalId === clusterId || !canonicalIds.includes(canonicalId)
      ? []
      : [{ clusterId, canonicalId, current: row.current }];
  });
  const partIds = new Set(parts.map(({ clusterId }) => clusterId));
  const takenOver = new Set(
    tenant.workList.changes
      .filter(({ clusterId }) => partIds.has(clusterId))
      .flatMap(({ before }) => before.memberIds ?? [])
  );
  return parts.filter(({ clusterId }) => !takenOver.has(clusterId));
}

export function eventsOf(
  tenant: FakeTenant,
  clusterId: string
): ReadonlyArray<{ minuteMs: number; eventCount: number }> {
  return [...tenant.streams.values()]
    .flatMap((stream) => [...stream.minutes.values()])
    .flatMap((minute) =>
      minute.counts
        .filter((count) => canonicalIdOf(tenant, count.clusterId) === clusterId)
        .map(({ eventCount }) => ({ minuteMs: minute.minuteMs, eventCount }))
    );
}

export function rateOf(tenant: FakeTenant, clusterId: string, nowMs: number): WorkRate {
  const hourStartMs = Math.floor(nowMs / hourMs) * hourMs;
  const events = eventsOf(tenant, clusterId);
  const countIn = (fromMs: number, toMs: number) =>
    events
      .filter(({ minuteMs }) => minuteMs >= fromMs && minuteMs < toMs)
      .reduce((total, { eventCount }) => total + eventCount, 0);
  return {
    clusterId,
    perHour: Math.max(countIn(hourStartMs, hourStartMs + hourMs), countIn(hourStartMs - hourMs, hourStartMs)),
    eventCountBefore: countIn(hourStartMs - (usualHours + 1) * hourMs, hourStartMs - hourMs),
  };
}

export function waitsForRate(work: Work | undefined): boolean {
  return work?.state === 'escalating' || (work?.state === 'ignored' && work.until?.kind === 'rate');
}

export function isDue(work: Work, { lastSeenMs, eventCount }: ListedWork, { nowMs, quietBeforeMs }: DueWork): boolean {
  switch (work.state) {
    case 'resolved':
      return lastSeenMs > work.reopensAfterMs;
    case 'ignored':
      return (
        (work.until?.kind === 'time' && work.until.atMs <= nowMs) ||
        (work.until?.kind === 'count' && eventCount - work.until.startCount >= work.until.eventCount)
      );
    default: {
      const isQuiet = quietBeforeMs !== null && Math.max(lastSeenMs, work.sinceMs) <= quietBeforeMs;
      const isStale = (work.state === 'new' || work.state === 'regressed') && work.sinceMs + freshMs <= nowMs;
      return isQuiet || isStale;
    }
  }
}
