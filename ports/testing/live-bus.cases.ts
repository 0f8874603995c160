import { expect, vi } from 'vitest';
import type { LiveBus } from '../live.ts';
import type { ContractCase } from './contract-case.ts';

/** A bus with two ends, as two replicas have it; both ends may be one. */
export interface LiveBusUnderTest {
  readonly here: LiveBus;
  readonly there: LiveBus;
}

/** What every bus does. */
export const liveBusCases: ReadonlyArray<ContractCase<LiveBusUnderTest>> = [
  {
    title: 'a message reaches every listener at both ends, with its tenant',
    async run({ here, there }) {
      const tenantId = crypto.randomUUID();
      const heard: string[] = [];
      const ends = [here, there, there].map((bus, place) =>
        bus.subscribe((id) => heard.push(...(id === tenantId ? [String(place)] : [])))
      );
      await vi.waitFor(async () => {
        await here.publish(tenantId);
        expect([...new Set(heard)].toSorted()).toEqual(['0', '1', '2']);
      });
      ends.forEach((end) => end());
    },
  },
  {
    title: 'a listener that ended hears nothing more',
    async run({ here, there }) {
      const tenantId = crypto.randomUUID();
      const heard: string[] = [];
      const listen = (name: string) => there.subscribe((id) => heard.push(...(id === tenantId ? [name] : [])));
      listen('ended')();
      const end = listen('stays');
      await vi.waitFor(async () => {
        await here.publish(tenantId);
        expect(heard).toContain('stays');
      });
      end();
      expect(heard).not.toContain('ended');
    },
  },
];
