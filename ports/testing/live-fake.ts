import type { LiveBus, LiveRow, LiveStore } from '../live.ts';

/** Live events in memory. */
export function createFakeLiveStore(): LiveStore {
  const events = new Map<string, LiveRow[]>();
  const newest = new Map<string, number>();
  return {
    append(tenantId, event) {
      const position = (newest.get(tenantId) ?? 0) + 1;
      newest.set(tenantId, position);
      events.set(tenantId, [...(events.get(tenantId) ?? []), { ...event, position }]);
      return Promise.resolve();
    },
    readAfter: (tenantId, position, limit) =>
      Promise.resolve((events.get(tenantId) ?? []).filter((event) => event.position > position).slice(0, limit)),
    readEnds: (tenantId) =>
      Promise.resolve({
        newest: newest.get(tenantId) ?? 0,
        oldestKept: events.get(tenantId)?.[0]?.position ?? null,
      }),
    deleteBefore(tenantId, cutMs, limit) {
      const old = (events.get(tenantId) ?? []).filter((event) => event.atMs < cutMs).slice(0, limit);
      events.set(
        tenantId,
        (events.get(tenantId) ?? []).filter((event) => !old.includes(event))
      );
      return Promise.resolve(old.length);
    },
  };
}

/** A bus whose messages arrive at once. */
export function createFakeLiveBus(): LiveBus {
  const listeners: Array<(tenantId: string) => void> = [];
  return {
    publish(tenantId) {
      listeners.forEach((listener) => listener(tenantId));
      return Promise.resolve();
    },
    subscribe(listener) {
      const own = (tenantId: string) => listener(tenantId);
      listeners.push(own);
      return () => listeners.splice(listeners.indexOf(own), 1);
    },
    close: () => Promise.resolve(),
  };
}
