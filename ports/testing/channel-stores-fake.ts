import type { ChannelContent, ChannelRow, ChannelStore } from '../channel-store.ts';
import type { DeliveryRow, DeliveryStatus, DeliveryStore } from '../delivery-store.ts';
import { PortError } from '../errors.ts';
import type { Notice, NoticeStore } from '../notice-store.ts';

interface KeptChannel {
  readonly tenantId: string;
  row: ChannelRow;
  hiddenAtMs: number | null;
}

/** Channels in memory. */
export function createFakeChannelStore(nowMs: () => number = Date.now): ChannelStore {
  const kept = new Map<string, KeptChannel>();
  const find = (tenantId: string, id: string) => {
    const channel = kept.get(id);
    return channel?.tenantId === tenantId ? channel : undefined;
  };
  const shown = (tenantId: string) =>
    [...kept.values()].filter((one) => one.tenantId === tenantId && one.hiddenAtMs === null).map(({ row }) => row);
  function update(tenantId: string, id: string, change: Partial<ChannelRow>): void {
    const channel = find(tenantId, id);
    if (channel !== undefined) {
      channel.row = { ...channel.row, ...change, updatedAtMs: nowMs() };
    }
  }
  return {
    list: async (tenantId) => shown(tenantId).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    lockEnabled: async (tenantId) =>
      shown(tenantId)
        .filter(({ isEnabled }) => isEnabled)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    get: async (tenantId, id) => shown(tenantId).find((row) => row.id === id) ?? null,
    async create(tenantId, id, content) {
      const row = { id, ...content, ...untroubled, createdAtMs: nowMs(), updatedAtMs: nowMs() };
      kept.set(id, { tenantId, row, hiddenAtMs: null });
      return row;
    },
    async change(tenantId, id, content: Omit<ChannelContent, 'kind'>) {
      if (!shown(tenantId).some((row) => row.id === id)) {
        return null;
      }
      update(tenantId, id, { ...content, ...untroubled });
      return find(tenantId, id)?.row ?? null;
    },
    disable: async (tenantId, id, reason) => update(tenantId, id, { isEnabled: false, disabledReason: reason }),
    async noteFailure(tenantId, id, retryAtMs) {
      update(tenantId, id, { failureCount: (find(tenantId, id)?.row.failureCount ?? 0) + 1, retryAtMs });
    },
    noteSuccess: async (tenantId, id) => update(tenantId, id, { failureCount: 0, retryAtMs: null }),
    async hide(tenantId, id) {
      const channel = find(tenantId, id);
      if (channel === undefined || channel.hiddenAtMs !== null) {
        return false;
      }
      channel.hiddenAtMs = nowMs();
      return true;
    },
    async deleteHiddenBefore(tenantId, cutMs, limit) {
      const old = [...kept.values()]
        .filter((one) => one.tenantId === tenantId && one.hiddenAtMs !== null && one.hiddenAtMs < cutMs)
        .slice(0, limit);
      old.forEach(({ row }) => kept.delete(row.id));
      return old.length;
    },
  };
}

const untroubled = { disabledReason: null, failureCount: 0, retryAtMs: null } as const;

interface KeptDelivery {
  readonly tenantId: string;
  row: Omit<DeliveryRow, 'notices' | 'channelName'>;
  readonly noticeIds: string[];
}

const open: ReadonlySet<DeliveryStatus> = new Set(['waiting', 'sending', 'retrying']);

/** Deliveries in memory; knows no jobs: `isJobOpen` says whether one with the delivery's id is open. */
export function createFakeDeliveryStore(
  channels: Pick<ChannelStore, 'list'>,
  notices: Pick<NoticeStore, 'get'>,
  {
    nowMs = Date.now,
    isJobOpen = () => false,
  }: { nowMs?: () => number; isJobOpen?: (deliveryId: string) => boolean } = {}
): DeliveryStore {
  const kept = new Map<string, KeptDelivery>();
  const ofTenant = (tenantId: string) => [...kept.values()].filter((one) => one.tenantId === tenantId);

  function link(delivery: KeptDelivery, noticeId: string): void {
    const { tenantId, row } = delivery;
    const others = ofTenant(tenantId).filter(({ row: other }) => other.channelId === row.channelId);
    if (others.some(({ noticeIds }) => noticeIds.includes(noticeId))) {
      throw new PortError({ system: 'postgres', kind: 'conflict', message: 'the channel has this notice' });
    }
    delivery.noticeIds.push(noticeId);
  }

  async function present({ tenantId, row, noticeIds }: KeptDelivery): Promise<DeliveryRow> {
    const found = await Promise.all(noticeIds.map((id) => notices.get(tenantId, id)));
    const told = found.filter((notice): notice is Notice => notice !== null);
    const channel = (await channels.list(tenantId)).find(({ id }) => id === row.channelId);
    return {
      ...row,
      channelName: channel?.name ?? '',
      notices: told.toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)),
    };
  }

  return {
    async create(tenantId, { noticeIds, ...delivery }) {
      const row = { ...delivery, id: crypto.randomUUID(), attemptCount: 0, deliveredAtMs: null, updatedAtMs: nowMs() };
      const made = { tenantId, row, noticeIds: [] };
      noticeIds.forEach((id) => link(made, id));
      kept.set(row.id, made);
      return present(made);
    },
    async join(tenantId, channelId, noticeId, { fromMs, toMs }) {
      const [waiting] = ofTenant(tenantId)
        .filter(({ row }) => row.channelId === channelId && row.status === 'waiting' && !row.isTest)
        .filter(({ row }) => row.dueAtMs > fromMs && row.dueAtMs <= toMs)
        .toSorted((a, b) => a.row.dueAtMs - b.row.dueAtMs);
      if (waiting !== undefined) {
        link(waiting, noticeId);
      }
      return waiting !== undefined;
    },
    async begin(tenantId, id) {
      const delivery = kept.get(id);
      if (delivery?.tenantId !== tenantId || ['delivered', 'suppressed'].includes(delivery.row.status)) {
        return null;
      }
      delivery.row = { ...delivery.row, status: 'sending', attemptCount: delivery.row.attemptCount + 1 };
      return present(delivery);
    },
    async settle(tenantId, id, { status, reason }, atMs) {
      const delivery = kept.get(id);
      if (delivery?.tenantId === tenantId && open.has(delivery.row.status)) {
        const deliveredAtMs = status === 'delivered' ? atMs : null;
        delivery.row = { ...delivery.row, status, reason, deliveredAtMs, updatedAtMs: nowMs() };
      }
    },
    async get(tenantId, id) {
      const delivery = kept.get(id);
      return delivery?.tenantId === tenantId ? present(delivery) : null;
    },
    list: (tenantId, { channelId, status, limit, offset }) =>
      Promise.all(
        ofTenant(tenantId)
          .filter(({ row }) => channelId === undefined || row.channelId === channelId)
          .filter(({ row }) => status === undefined || row.status === status)
          .toSorted((a, b) => b.row.createdAtMs - a.row.createdAtMs || (a.row.id < b.row.id ? -1 : 1))
          .slice(offset, offset + limit)
          .map(present)
      ),
    hasOpenTest: async (tenantId, channelId) =>
      ofTenant(tenantId).some(({ row }) => row.channelId === channelId && row.isTest && open.has(row.status)),
    async isOvertaken(tenantId, channelId, notice) {
      const own = ofTenant(tenantId).filter(({ row }) => row.channelId === channelId && row.status !== 'suppressed');
      const others = (await Promise.all(own.map(present))).flatMap((delivery) => delivery.notices);
      return others.some(
        (other) =>
          other.createdAtMs > notice.createdAtMs &&
          (notice.incidentId === null
            ? other.incidentId === null && notice.clusterId !== null && other.clusterId === notice.clusterId
            : other.incidentId === notice.incidentId)
      );
    },
    async failAbandoned(tenantId, _jobKind, reason) {
      const lost = ofTenant(tenantId).filter(({ row }) => open.has(row.status) && !isJobOpen(row.id));
      for (const delivery of lost) {
        delivery.row = { ...delivery.row, status: 'failed', reason };
      }
      return lost.length;
    },
    async deleteEndedBefore(tenantId, cutMs, limit) {
      const old = ofTenant(tenantId)
        .filter(({ row }) => !open.has(row.status) && row.createdAtMs < cutMs)
        .slice(0, limit);
      old.forEach(({ row }) => kept.delete(row.id));
      return old.length;
    },
  };
}
