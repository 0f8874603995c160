import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../records/index.ts';
import { joinEvents, maxEventDurationMs } from './event-joiner.ts';

// Lines of every form, so that random runs hold broken, mixed and endless traces.
const lines = [
  '2026-11-21 03:00:00 INFO ok',
  '2026-11-21 03:00:00 ERROR failed with java.io.IOException',
  'ready',
  '',
  '{"msg":"x"}',
  'java.lang.IllegalStateException: no stock',
  '\tat com.shop.Stock.take(Stock.java:12)',
  'Caused by: java.sql.SQLException: x',
  'Traceback (most recent call last):',
  '  File "/srv/a.py", line 3, in f',
  '    g()',
  '    ~^^',
  'KeyError: 3',
  'During handling of the above exception, another exception occurred:',
  'panic: x',
  'goroutine 1 [running]:',
  'main.main()',
  '\t/srv/main.go:12 +0x1d',
  "thread 'main' panicked at src/main.rs:4:5:",
  'stack backtrace:',
  "app.rb:3:in `take': no stock (RuntimeError)",
  "app/models/order.rb:10:in `pay'",
  "app.rb:8:in `rescue in pay': no stock (RuntimeError)",
  "\tfrom app.rb:9:in `pay'",
  '/srv/app.js:10',
  '    ^',
  '}',
  '=================================================================',
  '==12==ERROR: AddressSanitizer: x',
  'two\nlines',
];

// Those of loggers that repeat their header, twice with other threads.
const headed = [
  'request failed',
  'java.lang.IllegalStateException: no stock',
  '\tat com.shop.Stock.take(Stock.java:12)',
  'Caused by: java.sql.SQLException: x',
  'Traceback (most recent call last):',
  '  File "/srv/a.py", line 3, in f',
  '    g()',
  'KeyError: 3',
  '',
].flatMap((rest) => [`2026-11-21 03:00:00 ERROR [main] ${rest}`, `2026-11-21 03:00:00 ERROR [other] ${rest}`]);

const streams = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...lines), fc.constantFrom(...headed)),
      fc.constantFrom(0, 0, 0, 1, 300, 900, 1001, 2500, 6000)
    ),
    {
      minLength: 1,
      maxLength: 120,
    }
  )
  .map((steps) => {
    let atMs = 1_760_000_000_000;
    return steps.map(([line, stepMs], index): LogEntry => {
      atMs += stepMs;
      return { labels: {}, metadata: { n: String(index) }, line, timestampNs: BigInt(atMs) * 1_000_000n };
    });
  });

test('every entry is in exactly one event', () => {
  fc.assert(
    fc.property(streams, (entries) => {
      const joined = joinEvents(entries).flatMap((event) => event.entries);
      const places = joined.map((entry) => Number(entry.metadata['n'])).sort((a, b) => a - b);
      expect(places).toEqual(entries.map((_, index) => index));
    }),
    { numRuns: 2000 }
  );
});

test('reading from an earlier point gives the same events', () => {
  fc.assert(
    fc.property(streams, fc.nat({ max: 119 }), (entries, from) => {
      const start = entries[from % entries.length] ?? entries[0];
      const stableFromNs = (start?.timestampNs ?? 0n) + BigInt(maxEventDurationMs) * 1_000_000n;
      const later = entries.slice(from % entries.length);
      expect(keysAfter(later, stableFromNs)).toEqual(keysAfter(entries, stableFromNs));
    }),
    { numRuns: 5000 }
  );
});

test('reading on to a later point gives the same events', () => {
  fc.assert(
    fc.property(streams, fc.nat({ max: 119 }), (entries, to) => {
      const count = (to % entries.length) + 1;
      const endNs = entries[count - 1]?.timestampNs ?? 0n;
      const stableToNs = endNs - BigInt(maxEventDurationMs) * 1_000_000n;
      expect(keysBegunBefore(entries.slice(0, count), stableToNs)).toEqual(keysBegunBefore(entries, stableToNs));
    }),
    { numRuns: 5000 }
  );
});

test('an event lasts no longer than stated', () => {
  fc.assert(
    fc.property(streams, (entries) => {
      for (const event of joinEvents(entries)) {
        const last = event.entries.at(-1)?.timestampNs ?? 0n;
        expect(last - event.entries[0].timestampNs).toBeLessThanOrEqual(BigInt(maxEventDurationMs) * 1_000_000n);
      }
    }),
    { numRuns: 1000 }
  );
});

/** Events that hold an entry after `fromNs`, each as the list of those entries. */
function keysAfter(entries: readonly LogEntry[], fromNs: bigint): string[] {
  return joinEvents(entries)
    .map((event) =>
      event.entries
        .filter((entry) => entry.timestampNs > fromNs)
        .map((entry) => entry.metadata['n'])
        .join()
    )
    .filter((key) => key !== '');
}

/** Events that begin before `toNs`, each as the list of its entries. */
function keysBegunBefore(entries: readonly LogEntry[], toNs: bigint): string[] {
  return joinEvents(entries)
    .filter((event) => event.entries[0].timestampNs < toNs)
    .map((event) => event.entries.map((entry) => entry.metadata['n']).join())
    .sort();
}
