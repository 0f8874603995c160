import { expect } from 'vitest';
import type { ChannelContent, ChannelStore } from '../channel-store.ts';
import type { DeliveryStore, NewDelivery } from '../delivery-store.ts';
import type { NoticeStore } from '../notice-store.ts';
import type { ContractCase } from './contract-case.ts';
import { sampleNotice } from './notice-store.cases.ts';

/** Stores with two tenants that have nothing yet. */
export interface ChannelStoresUnderTest {
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly notices: NoticeStore;
  readonly tenantIds: readonly [string, string];
}

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 10);

function contentOf(change: Partial<ChannelContent> = {}): ChannelContent {
  return {
    ...{ name: 'hook', kind: 'webhook', target: { url: 'https://hook.example/' }, sealedSecret: 'sealed' },
    rules: { minSeverity: 'HIGH', kinds: [], services: ['cart'], quietHours: null, groupSeconds: 30 },
    isEnabled: true,
    ...change,
  };
}

function newDelivery(channelId: string, noticeIds: readonly string[], change: Partial<NewDelivery> = {}): NewDelivery {
  return {
    ...{ channelId, noticeIds, isTest: false, status: 'waiting', reason: null },
    ...{ dueAtMs: startMs + minuteMs, createdAtMs: startMs },
    ...change,
  };
}

/** A channel, and as many notices of one incident as are asked for, a minute apart. */
async function prepare({ channels, notices, tenantIds: [one] }: ChannelStoresUnderTest, noticeCount: number) {
  const channelId = crypto.randomUUID();
  await channels.create(one, channelId, contentOf());
  const incidentId = crypto.randomUUID();
  const added = [];
  for (let n = 0; n < noticeCount; n += 1) {
    const createdAtMs = startMs + n * minuteMs;
    added.push((await notices.add(one, sampleNotice({ dedupKey: `n ${n}`, incidentId, createdAtMs }))).notice);
  }
  return { channelId, added };
}

/** What every {@link ChannelStore} and {@link DeliveryStore} does. */
export const channelStoreCases: ReadonlyArray<ContractCase<ChannelStoresUnderTest>> = [
  {
    title: 'channels come back as they were made, by name, to their own tenant only',
    async run({ channels, tenantIds: [one, two] }) {
      const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
      const later = await channels.create(one, a, contentOf({ name: 'later' }));
      const early = await channels.create(one, b, contentOf({ name: 'early', isEnabled: false }));
      expect(later).toMatchObject({ id: a, ...contentOf({ name: 'later' }), failureCount: 0, disabledReason: null });
      expect(await channels.list(one)).toEqual([early, later]);
      expect(await channels.lockEnabled(one)).toEqual([later]);
      expect(await channels.get(one, a)).toEqual(later);
      expect(await channels.get(two, a)).toBeNull();
      expect(await channels.change(two, a, contentOf())).toBeNull();
      expect(await channels.hide(two, a)).toBe(false);
    },
  },
  {
    title: 'failures add up until one succeeds, and a change forgets them and why it was switched off',
    async run({ channels, tenantIds: [one] }) {
      const id = crypto.randomUUID();
      await channels.create(one, id, contentOf());
      await channels.noteFailure(one, id, startMs);
      await channels.noteFailure(one, id, startMs + minuteMs);
      expect(await channels.get(one, id)).toMatchObject({ failureCount: 2, retryAtMs: startMs + minuteMs });
      await channels.noteSuccess(one, id);
      expect(await channels.get(one, id)).toMatchObject({ failureCount: 0, retryAtMs: null });
      await channels.noteFailure(one, id, startMs);
      await channels.disable(one, id, 'the receiver is gone');
      expect(await channels.get(one, id)).toMatchObject({ isEnabled: false, disabledReason: 'the receiver is gone' });
      const changed = await channels.change(one, id, contentOf({ name: 'again' }));
      expect(changed).toMatchObject({ name: 'again', isEnabled: true, disabledReason: null, failureCount: 0 });
      expect(changed?.retryAtMs).toBeNull();
      expect(await channels.hide(one, id)).toBe(true);
      expect(await channels.hide(one, id)).toBe(false);
      expect(await channels.list(one)).toEqual([]);
      expect(await channels.deleteHiddenBefore(one, Date.now() + 3_600_000, 10)).toBe(1);
    },
  },
  {
    title: 'a message waits, takes what comes in time, and after its attempt began nothing more',
    async run(opened) {
      const { deliveries, tenantIds } = opened;
      const [one, two] = tenantIds;
      const { channelId, added } = await prepare(opened, 3);
      const [first, second, third] = added.map(({ id }) => id);
      const made = await deliveries.create(one, newDelivery(channelId, [second ?? '']));
      expect(made).toMatchObject({ channelName: 'hook', status: 'waiting', attemptCount: 0, createdAtMs: startMs });
      const due = { fromMs: startMs, toMs: startMs + minuteMs };
      expect(await deliveries.join(one, channelId, first ?? '', { ...due, toMs: startMs + 1 })).toBe(false);
      expect(await deliveries.join(one, channelId, first ?? '', due)).toBe(true);
      await expect(deliveries.join(one, channelId, first ?? '', due)).rejects.toMatchObject({ kind: 'conflict' });
      const begun = await deliveries.begin(one, made.id);
      // In the order in which they happened.
      expect(begun?.notices.map(({ id }) => id)).toEqual([first, second]);
      expect(begun).toMatchObject({ status: 'sending', attemptCount: 1 });
      expect(await deliveries.join(one, channelId, third ?? '', due)).toBe(false);
      expect(await deliveries.begin(two, made.id)).toBeNull();
      expect(await deliveries.get(two, made.id)).toBeNull();
    },
  },
  {
    title: 'what came of an attempt stands, and a delivered message is not begun again',
    async run(opened) {
      const { deliveries, tenantIds } = opened;
      const [one] = tenantIds;
      const { channelId, added } = await prepare(opened, 2);
      const { id } = await deliveries.create(one, newDelivery(channelId, [added[0]?.id ?? '']));
      await deliveries.begin(one, id);
      await deliveries.settle(one, id, { status: 'retrying', reason: 'no answer' }, startMs);
      expect(await deliveries.get(one, id)).toMatchObject({
        status: 'retrying',
        reason: 'no answer',
        deliveredAtMs: null,
      });
      await deliveries.begin(one, id);
      await deliveries.settle(one, id, { status: 'delivered', reason: null }, startMs + minuteMs);
      expect(await deliveries.get(one, id)).toMatchObject({ status: 'delivered', deliveredAtMs: startMs + minuteMs });
      await deliveries.settle(one, id, { status: 'failed', reason: 'late' }, startMs);
      expect(await deliveries.begin(one, id)).toBeNull();
      expect(await deliveries.get(one, id)).toMatchObject({ status: 'delivered', attemptCount: 2, reason: null });
    },
  },
  {
    title: 'lists are narrowed, the newest first; tests under way and later notices are known',
    async run(opened) {
      const { deliveries, tenantIds } = opened;
      const [one] = tenantIds;
      const { channelId, added } = await prepare(opened, 2);
      const [early, late] = added;
      const quiet = newDelivery(channelId, [early?.id ?? ''], { status: 'suppressed', reason: 'quiet' });
      const suppressed = await deliveries.create(one, quiet);
      const tested = await deliveries.create(
        one,
        newDelivery(channelId, [], { isTest: true, createdAtMs: startMs + minuteMs })
      );
      const page = { limit: 10, offset: 0 };
      expect((await deliveries.list(one, page)).map(({ id }) => id)).toEqual([tested.id, suppressed.id]);
      expect(await deliveries.list(one, { ...page, status: 'suppressed' })).toMatchObject([{ reason: 'quiet' }]);
      expect(await deliveries.list(one, { ...page, channelId: crypto.randomUUID() })).toEqual([]);
      expect(await deliveries.hasOpenTest(one, channelId)).toBe(true);
      await deliveries.settle(one, tested.id, { status: 'failed', reason: 'no' }, startMs);
      expect(await deliveries.hasOpenTest(one, channelId)).toBe(false);
      if (early === undefined || late === undefined) {
        throw new TypeError('two notices were prepared');
      }
      expect(await deliveries.isOvertaken(one, channelId, early)).toBe(false);
      await deliveries.create(one, newDelivery(channelId, [late.id]));
      expect(await deliveries.isOvertaken(one, channelId, early)).toBe(true);
      expect(await deliveries.isOvertaken(one, channelId, late)).toBe(false);
    },
  },
  {
    title: 'messages without a job fail, and ended ones are deleted when they are old',
    async run(opened) {
      const { deliveries, tenantIds } = opened;
      const [one, two] = tenantIds;
      const { channelId, added } = await prepare(opened, 1);
      const { id } = await deliveries.create(one, newDelivery(channelId, [added[0]?.id ?? '']));
      expect(await deliveries.failAbandoned(two, 'delivery', 'its job was cancelled')).toBe(0);
      expect(await deliveries.failAbandoned(one, 'delivery', 'its job was cancelled')).toBe(1);
      expect(await deliveries.get(one, id)).toMatchObject({ status: 'failed', reason: 'its job was cancelled' });
      expect(await deliveries.deleteEndedBefore(one, startMs, 10)).toBe(0);
      expect(await deliveries.deleteEndedBefore(one, startMs + 1, 10)).toBe(1);
      expect(await deliveries.list(one, { limit: 10, offset: 0 })).toEqual([]);
    },
  },
];
