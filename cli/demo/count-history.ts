import type { CountHistory } from '@loghunter/bff/server';
import { detectLevel } from '@loghunter/engine/severity';
import type { HistoryMinute, PushStream } from '@loghunter/ports';
import { createRandom } from './shop/random.ts';
import { rhythmAt } from './shop/timeline.ts';

const minuteMs = 60_000;
/** Detectors want two days; two more let the hours of the day be learned. */
const historyMs = 4 * 24 * 60 * minuteMs;
/** So many minutes of the shop are the pattern; the incident comes hours later. */
const patternMinutes = 120;

type Pattern = ReadonlyArray<{
  readonly atMs: number;
  readonly services: ReadonlyArray<HistoryMinute & { readonly errorCount: number }>;
}>;

/** Counts the first two hours of the shop, and makes days before them of what it counted. */
export interface HistoryMaker {
  add(streams: readonly PushStream[]): void;
  /** Counts of four days before the lines begin; for baselines only. */
  finish(seed: number): CountHistory;
}

/** A maker for lines from `fromMs` on. */
export function createHistoryMaker(fromMs: number): HistoryMaker {
  const startMs = Math.ceil(fromMs / minuteMs) * minuteMs;
  const endMs = startMs + patternMinutes * minuteMs;
  const minutes = new Map<number, Map<string, { lineCount: number; errorCount: number; namespace: string }>>();

  function count({ labels, entries }: PushStream): void {
    const service = labels['service_name'] ?? '';
    for (const { timestampNs, line } of entries) {
      const ms = Math.floor(Number(timestampNs / 1_000_000n) / minuteMs) * minuteMs;
      if (ms < startMs || ms >= endMs) {
        continue;
      }
      const ofMinute = minutes.get(ms) ?? new Map();
      minutes.set(ms, ofMinute);
      const counted = ofMinute.get(service) ?? { lineCount: 0, errorCount: 0, namespace: labels['namespace'] ?? '' };
      const level = detectLevel(line, labels, {});
      counted.lineCount += 1;
      counted.errorCount += level === 'error' || level === 'fatal' ? 1 : 0;
      ofMinute.set(service, counted);
    }
  }

  return {
    add: (streams) => streams.forEach(count),
    finish(seed) {
      const pattern = [...minutes].map(([atMs, services]) => ({
        atMs,
        services: [...services].map(([service, counted]) => ({
          ...{ service, ...counted, minuteMs: atMs, isKnown: true },
        })),
      }));
      const read = (range: { readonly fromMs: number; readonly toMs: number }) =>
        Promise.resolve([...daysOf(pattern, seed, { ...range, toMs: Math.min(range.toMs, startMs) })]);
      const listStarts = () => Promise.resolve([{ watchId: null, fromMs: startMs - historyMs }]);
      return { listStarts, read };
    },
  };
}

/** Each minute is one of the pattern's, as full as its hour is beside the pattern's. */
function* daysOf(
  pattern: Pattern,
  seed: number,
  range: { readonly fromMs: number; readonly toMs: number }
): Generator<HistoryMinute> {
  for (let ms = range.fromMs; ms < range.toMs && pattern.length > 0; ms += minuteMs) {
    const random = createRandom(seed, ms);
    const like = pattern[random.integer(0, pattern.length - 1)];
    const factor = rhythmAt(ms) / rhythmAt(like?.atMs ?? ms);
    for (const { lineCount, ...minute } of like?.services ?? []) {
      yield { ...minute, minuteMs: ms, lineCount: Math.max(minute.errorCount, Math.round(lineCount * factor)) };
    }
  }
}
