import { setTimeout as sleep } from 'node:timers/promises';
import { isPortError, type LogStore } from '@loghunter/ports';
import { say } from '../terminal/output.ts';
import type { LiveShop } from './shop/shop.ts';

const intervalMs = 1000;

/** Writes the shop's new lines every second until the signal is aborted. */
export async function writeLive(store: LogStore, shop: LiveShop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const streams = shop.linesUntil(Date.now());
    try {
      if (streams.length > 0) {
        await store.push(streams, signal);
      }
    } catch (error) {
      if (!isPortError(error)) {
        throw error;
      }
      if (!signal.aborted) {
        say(`live lines were not stored: ${error.message}`);
      }
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
