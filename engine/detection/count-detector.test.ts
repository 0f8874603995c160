import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CountDetector, type MinuteCounts, type Verdict } from './count-detector.ts';

const day = 1440;
/** A Monday. */
const start = Date.UTC(2026, 0, 5) / 60_000;

/** A reproducible stream of uniform numbers (Mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function poisson(random: () => number, mean: number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) {
    count += 1;
  }
  return count;
}

interface Scene {
  readonly days?: number;
  readonly seed?: number;
  readonly rate: (minute: number) => number;
  readonly errors?: (minute: number) => number;
  readonly isMissing?: (minute: number) => boolean;
}

interface Alert {
  readonly event: number;
  readonly from: number;
  readonly to: number;
  readonly severity: number;
  readonly kind: string | undefined;
}

function countsOf({ days = 5, seed = 1, rate, errors, isMissing }: Scene): Array<MinuteCounts | null> {
  const random = createRandom(seed);
  return Array.from({ length: days * day }, (_, minute) => {
    const errorCount = poisson(random, errors?.(minute) ?? 0);
    const total = poisson(random, rate(minute)) + errorCount;
    return isMissing?.(minute) === true ? null : { total, errors: errorCount };
  });
}

function alertsOf(verdicts: readonly Verdict[]): Alert[] {
  const alerts = new Map<number, Alert>();
  for (const [minute, { event, severity, deviation }] of verdicts.entries()) {
    if (severity > 0) {
      const known = alerts.get(event);
      alerts.set(event, {
        event,
        from: known?.from ?? minute,
        to: minute,
        severity: Math.max(known?.severity ?? 0, severity),
        kind: deviation?.kind,
      });
    }
  }
  return [...alerts.values()];
}

function watch(scene: Scene): Alert[] {
  const detector = new CountDetector();
  return alertsOf(countsOf(scene).map((counts, minute) => detector.observe(start + minute, counts)));
}

const at = 4 * day + 600;

function during(minutes: number, inside: number, outside: number): (minute: number) => number {
  return (minute) => (minute >= at && minute < at + minutes ? inside : outside);
}

describe('CountDetector', () => {
  test('a quiet series opens no event', () => {
    expect(watch({ rate: () => 40, errors: () => 0.4 })).toEqual([]);
  });

  test('a spike is one event that opens within three minutes and closes', () => {
    const alerts = watch({ rate: during(15, 150, 40) });
    expect(alerts).toMatchObject([{ kind: 'spike' }]);
    expect(alerts[0]?.severity).toBeGreaterThanOrEqual(3);
    expect(alerts[0]?.from).toBeLessThanOrEqual(at + 3);
    expect(alerts[0]?.to).toBeLessThan(at + 60);
  });

  test('silence of a busy service is told within five minutes, of a sparse one when it is certain', () => {
    const busy = watch({ rate: during(30, 0, 40) });
    expect(busy).toMatchObject([{ kind: 'silence' }]);
    expect(busy[0]?.from).toBeLessThanOrEqual(at + 5);
    const sparse = watch({ rate: during(400, 0, 0.3) });
    expect(sparse).toMatchObject([{ kind: 'silence' }]);
    expect(sparse[0]?.from).toBeGreaterThan(at + 40);
    expect(sparse[0]?.from).toBeLessThan(at + 120);
  });

  test('missing data is no silence', () => {
    const isMissing = (minute: number) => minute >= at && minute < at + 40;
    expect(watch({ rate: () => 40, isMissing })).toEqual([]);
  });

  test('errors alone are an event', () => {
    const alerts = watch({ rate: () => 40, errors: during(10, 6, 0.4) });
    expect(alerts).toMatchObject([{ kind: 'errors' }]);
    expect(alerts[0]?.severity).toBeGreaterThanOrEqual(3);
  });

  test('a lone line of a sparse service is nothing, and neither is one loud minute', () => {
    expect(watch({ rate: during(1, 1, 0.01) })).toEqual([]);
    expect(watch({ rate: during(1, 400, 40) })).toEqual([]);
  });

  test('a level that stays is one event that ends, and the way back is none', () => {
    const rate = (minute: number) => (minute >= at && minute < at + 300 ? 120 : 40);
    const alerts = watch({ rate });
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.to).toBeLessThan(at + 120);
  });

  test('work that runs every hour is expected at its minute', () => {
    expect(watch({ rate: (minute) => (minute % 60 === 5 ? 400 : 2) })).toEqual([]);
  });

  test('a day that begins an hour earlier, as after a clock change, is expected', () => {
    const shape = (minute: number) => 20 + 60 * Math.max(0, Math.sin((2 * Math.PI * (minute % day)) / day));
    expect(watch({ days: 6, rate: (minute) => shape(minute >= at ? minute + 60 : minute) })).toEqual([]);
  });

  test('lines that come late neither open an event nor leave a trace', () => {
    const counts = countsOf({ rate: () => 60 });
    const detector = new CountDetector();
    const verdicts = counts.map((given, minute) => {
      const isLate = minute >= at && minute < at + 12;
      const verdict = detector.observe(
        start + minute,
        isLate && given ? { ...given, total: Math.floor(given.total / 3) } : given
      );
      if (minute === at + 17) {
        for (let late = at; late < at + 12; late += 1) {
          detector.observe(start + late, counts[late] ?? null);
        }
      }
      return verdict;
    });
    expect(alertsOf(verdicts)).toEqual([]);
  });

  test('what is told of a minute does not depend on what comes after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: at, max: at + 60 }), (seed, cut) => {
        const counts = countsOf({ days: 5, seed, rate: during(20, 140, 40) });
        const run = (rows: typeof counts) => {
          const detector = new CountDetector();
          return rows.map((row, minute) => detector.observe(start + minute, row).severity);
        };
        expect(run(counts.slice(0, cut))).toEqual(run(counts).slice(0, cut));
      }),
      { numRuns: 10 }
    );
  });
});
