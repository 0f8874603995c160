import { describe, expect, it } from 'vitest';
import type { LogEvent } from '@loghunter/engine/multiline';
import { createTally, levelOf } from './tally.ts';

function event(...lines: readonly [string, ...string[]]): LogEvent {
  const [first, ...rest] = lines;
  const entry = (line: string) => ({ labels: {}, timestampNs: 0n, line, metadata: {} });
  return { entries: [entry(first), ...rest.map((line) => entry(line))], text: lines.join('\n') };
}

function trace(order: number, line: number): LogEvent {
  return event(
    `com.example.shop.PaymentException: order ${order} failed`,
    `\tat com.example.shop.PaymentClient.authorize(PaymentClient.java:${line})`,
    '\tat com.example.shop.OrderService.place(OrderService.java:87)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)'
  );
}

describe('the tally', () => {
  it('counts events, lines, levels and times of a cluster', () => {
    const tally = createTally();
    for (let index = 0; index < 10; index++) {
      tally.add(event(`worker ${index} finished job ${index * 7}`), index === 3 ? 'warn' : 'info', 1000 + index);
    }
    expect(tally.clusters()).toMatchObject([
      { kind: 'template', level: 'warn', eventCount: 10, lineCount: 10, firstMs: 1000, lastMs: 1009 },
    ]);
    expect(tally.clusters()[0]?.eventCountByLevel).toEqual(
      new Map([
        ['info', 9],
        ['warn', 1],
      ])
    );
  });

  it('groups stack traces by their frames, not by their line numbers', () => {
    const tally = createTally();
    for (let index = 0; index < 5; index++) {
      tally.add(trace(index, 100 + index), 'error', null);
    }
    expect(tally.clusters()).toMatchObject([{ kind: 'stack-trace', eventCount: 5, lineCount: 20, firstMs: null }]);
  });

  it('keeps the sum of events over merges', () => {
    const tally = createTally();
    const names = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'kappa', 'sigma', 'theta', 'lambda', 'zeta'];
    for (let index = 0; index < 400; index++) {
      tally.add(
        event(`session of ${names[index % 10]}${index} opened on host ${names[(index * 7) % 10]}`),
        'info',
        index
      );
    }
    const clusters = tally.clusters();
    expect(clusters.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(400);
    expect(clusters.length).toBeLessThan(400);
  });

  it('takes the level from the text', () => {
    expect(levelOf(event('2026-11-21 03:00:00,123 ERROR [x] broken'))).toBe('error');
    expect(levelOf(event('level=warn msg=slow'))).toBe('warn');
  });
});
