import { describe, expect, it } from 'vitest';
import type { PushStream } from '@loghunter/ports';
import { generateLive, generateShop } from './shop.ts';
import { createTimeline } from './timeline.ts';

const endMs = Date.UTC(2026, 10, 21, 15);
const minuteMs = 60_000;
const shop = Array.from(generateShop({ seed: 1, endMs })).flat();

function linesOf(
  streams: readonly PushStream[],
  service?: string
): Array<{ atMs: number; line: string; labels: PushStream['labels'] }> {
  return streams
    .filter((stream) => service === undefined || stream.labels['service_name'] === service)
    .flatMap(({ labels, entries }) =>
      entries.map((entry) => ({ atMs: Number(entry.timestampNs) / 1e6, line: entry.line, labels }))
    );
}

function firstTime(service: string, text: string): number {
  return Math.min(...linesOf(shop, service).flatMap(({ atMs, line }) => (line.includes(text) ? [atMs] : [])));
}

function countBetween(service: string, text: string, fromMs: number, toMs: number): number {
  return linesOf(shop, service).filter(({ atMs, line }) => atMs >= fromMs && atMs < toMs && line.includes(text)).length;
}

describe('the shop', () => {
  it('writes the same lines for the same seed', () => {
    const short = { seed: 7, endMs, durationMs: 10 * minuteMs };
    const serialize = (seed: number) =>
      linesOf(Array.from(generateShop({ ...short, seed })).flat()).map(({ line }) => line);
    expect(serialize(7)).toEqual(serialize(7));
    expect(serialize(7)).not.toEqual(serialize(8));
  });

  it('writes six hours that end at the given time', () => {
    const times = linesOf(shop).map(({ atMs }) => atMs);
    expect(times.length).toBeGreaterThan(150_000);
    expect(times.length).toBeLessThan(260_000);
    const first = times.reduce((least, time) => Math.min(least, time));
    const last = times.reduce((most, time) => Math.max(most, time));
    expect(first).toBeGreaterThanOrEqual(endMs - 6 * 60 * minuteMs);
    expect(first).toBeLessThan(endMs - 6 * 60 * minuteMs + 5000);
    expect(last).toBeLessThan(endMs);
    expect(last).toBeGreaterThan(endMs - 5000);
  });

  it('sorts the lines of every stream over all batches', () => {
    const latest = new Map<string, bigint>();
    for (const { labels, entries } of shop) {
      const key = JSON.stringify(labels);
      for (const { timestampNs } of entries) {
        expect(timestampNs >= (latest.get(key) ?? 0n)).toBe(true);
        latest.set(key, timestampNs);
      }
    }
    expect(latest.size).toBeGreaterThan(30);
  });

  it('has twelve services or more in two namespaces', () => {
    expect(new Set(shop.map(({ labels }) => labels['service_name'])).size).toBeGreaterThanOrEqual(12);
    expect(new Set(shop.map(({ labels }) => labels['namespace']))).toEqual(new Set(['shop', 'platform']));
  });

  it('keeps the lines of a stack trace together', () => {
    for (const { labels, entries } of shop.filter(({ labels }) => labels['service_name'] === 'checkout')) {
      for (const [index, { line }] of entries.entries()) {
        if (line.startsWith('\tat ')) {
          expect(entries[index - 1]?.line, JSON.stringify(labels)).toMatch(/^(\tat |com\.|org\.|Caused by)/);
        }
      }
    }
  });

  it('spreads the incident from payments over checkout to the storefront', () => {
    const { deployMs } = createTimeline(endMs);
    const deploy = firstTime('payments', 'version=2.15.0');
    const payments = firstTime('payments', 'pool exhausted');
    const checkout = firstTime('checkout', 'PaymentUnavailableException');
    const storefront = firstTime('storefront', 'upstream checkout failed');
    expect(deploy).toBe(deployMs);
    expect([deploy, payments, checkout, storefront]).toEqual(
      [deploy, payments, checkout, storefront].sort((a, b) => a - b)
    );
    expect(deploy).toBeGreaterThan(endMs - 60 * minuteMs);
    expect(storefront).toBeLessThan(endMs - 20 * minuteMs);
  });

  it('goes on failing at the end of the six hours', () => {
    expect(countBetween('payments', 'pool exhausted', endMs - 10 * minuteMs, endMs)).toBeGreaterThan(50);
    expect(countBetween('ingress-nginx', 'HTTP/2.0" 502 ', endMs - 10 * minuteMs, endMs)).toBeGreaterThan(20);
    expect(countBetween('ingress-nginx', 'HTTP/2.0" 502 ', endMs - 300 * minuteMs, endMs - 60 * minuteMs)).toBe(0);
  });

  it('changes the version label of payments with the deploy', () => {
    const { deployMs } = createTimeline(endMs);
    for (const { atMs, labels } of linesOf(shop, 'payments')) {
      expect(labels['version']).toBe(atMs < deployMs ? '2.14.3' : '2.15.0');
    }
  });
});

describe('the live shop', () => {
  it('begins with what visits of the stretch before still write', () => {
    const live = linesOf(generateLive({ seed: 3, startMs: endMs }).linesUntil(endMs + 5 * minuteMs));
    const times = live.map(({ atMs }) => atMs);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(endMs);
    expect(Math.min(...times)).toBeLessThan(endMs + 3000);
    const openedBefore = live.filter(
      ({ line }) => line.includes('created parcel') || line.includes('sent order_confirmation')
    );
    expect(openedBefore.some(({ atMs }) => atMs < endMs + 5000)).toBe(true);
  });

  it('makes the same lines in small steps as in one', () => {
    const inSteps = generateLive({ seed: 3, startMs: endMs });
    const stepped = Array.from({ length: 60 }, (_, index) => inSteps.linesUntil(endMs + (index + 1) * 1000)).flat();
    const whole = generateLive({ seed: 3, startMs: endMs }).linesUntil(endMs + minuteMs);
    const sorted = (streams: readonly PushStream[]) =>
      linesOf(streams)
        .map(({ atMs, line }) => `${atMs} ${line}`)
        .sort();
    expect(sorted(stepped)).toEqual(sorted(whole));
  });

  it('recovers after the rollback', () => {
    const { rollbackMs } = createTimeline(endMs);
    const live = linesOf(generateLive({ seed: 1, startMs: endMs }).linesUntil(rollbackMs + 10 * minuteMs));
    const failures = live.filter(
      ({ atMs, line }) => line.includes('pool exhausted') && atMs > rollbackMs + 4 * minuteMs
    );
    expect(live.some(({ line }) => line.includes('pool exhausted'))).toBe(true);
    expect(failures).toEqual([]);
  });
});
