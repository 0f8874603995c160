import { createFakeLogStore } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { PortError } from '@loghunter/ports';
import { planSlices, readWindow } from './read-window.ts';

const minuteMs = 60_000;
const window = { fromMs: 0, toMs: 60 * minuteMs };

describe('slices of a window', () => {
  test('are the window itself while it holds no more than is read', () => {
    expect(planSlices(window, 15_000)).toEqual([window]);
  });

  test('are even, inside the window, and hold about as many lines as are read', () => {
    const slices = planSlices(window, 150_000);
    expect(slices).toHaveLength(12);
    expect(slices.every(({ fromMs, toMs }) => fromMs < toMs && toMs <= window.toMs)).toBe(true);
    expect(slices.map(({ fromMs }) => fromMs)).toEqual(slices.map((_, n) => n * 5 * minuteMs));
    const share = slices.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / window.toMs;
    expect(share * 150_000).toBeGreaterThan(10_000);
    expect(share * 150_000).toBeLessThan(15_000);
  });
});

async function fill(lineCount: number, lineLength = 0) {
  const logs = createFakeLogStore({ pageSize: lineLength === 0 ? 5000 : 100 });
  const entries = Array.from({ length: lineCount }, (_, n) => ({
    timestampNs: BigInt(Math.floor((n * window.toMs) / lineCount)) * 1_000_000n + BigInt(n),
    line: `line ${n}`.padEnd(lineLength, 'x'),
    metadata: {},
  }));
  await logs.push([{ labels: { app: 'shop' }, entries }], new AbortController().signal);
  return logs;
}

const reading = { window, selectors: ['{app="shop"}'], observe: () => undefined };

describe('reading a window', () => {
  test('reads all of it, or says which part', async () => {
    const signal = new AbortController().signal;
    const whole = await readWindow({ ...reading, logs: await fill(2000), expectedLineCount: 2000, signal });
    expect([whole.entries.length, whole.readMs, whole.shortfall]).toEqual([2000, window.toMs, '']);
    const sliced = await readWindow({ ...reading, logs: await fill(40_000), expectedLineCount: 40_000, signal });
    expect(sliced.entries.length).toBeLessThanOrEqual(15_000);
    expect(Math.abs(sliced.entries.length / 40_000 - sliced.readMs / window.toMs)).toBeLessThan(0.02);
    expect(sliced.shortfall).toContain('12 even slices');
  });

  test('stops at its bound when nobody knew how much there is', async () => {
    const signal = new AbortController().signal;
    const read = await readWindow({ ...reading, logs: await fill(40_000), expectedLineCount: 0, signal });
    expect(read.entries.length).toBeLessThanOrEqual(20_000);
    expect(Math.abs(read.entries.length / 40_000 - read.readMs / window.toMs)).toBeLessThan(0.02);
    expect(read.shortfall).toContain('more than 15000 lines');
  });

  test('stops when its lines are long, and says so', async () => {
    const signal = new AbortController().signal;
    const logs = await fill(4000, 20_000);
    const read = await readWindow({ ...reading, logs, expectedLineCount: 4000, signal });
    expect(read.entries.length).toBeGreaterThan(1000);
    expect(read.entries.length).toBeLessThan(2000);
    expect(read.readMs).toBeLessThan(window.toMs / 2);
    expect(read.shortfall).toBe('its lines hold more than 30 million characters');
  });

  test('keeps what it has when the log store gives no more, and fails when it has nothing', async () => {
    const signal = new AbortController().signal;
    const away = new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' });
    const logs = await fill(40_000);
    let sliceCount = 0;
    const observe = () => {
      sliceCount += 1;
      if (sliceCount === 3) {
        logs.failWith(away);
      }
    };
    const read = await readWindow({ ...reading, logs, expectedLineCount: 40_000, signal, observe });
    expect(read.entries.length).toBeGreaterThan(1000);
    expect(read.shortfall).toContain('Loki is away');
    const none = readWindow({ ...reading, logs, expectedLineCount: 40_000, signal });
    await expect(none).rejects.toThrow('Loki is away');
  });
});
