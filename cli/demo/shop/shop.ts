/** The made-up shop as a source of log lines. Every second is computed by itself, so any stretch can be made again. */

import type { PushStream } from '@loghunter/ports';
import { runBackground } from './background.ts';
import type { Moment, ShopLine } from './moment.ts';
import { createRandom } from './random.ts';
import { createStreamSorter } from './streams.ts';
import { createTimeline, rhythmAt, troubleAt, type Timeline } from './timeline.ts';
import { visit } from './visits.ts';

/** Which shop and which stretch of its life. */
export interface ShopRequest {
  readonly seed: number;
  /** End of the stretch (milliseconds since 1970); the incident lies in the hour before it. */
  readonly endMs: number;
  /** Default: six hours. */
  readonly durationMs?: number;
}

/** Lines that go on where {@link generateShop} ended. */
export interface LiveShop {
  /** Streams with all lines since the last call (or the start) and before `untilMs`. */
  linesUntil(untilMs: number): readonly PushStream[];
}

const secondMs = 1000;
const batchMs = 10 * 60 * secondMs;
const defaultDurationMs = 6 * 60 * 60 * secondMs;
// The longest visit with its parcel and mail is over by then.
const spillMs = 90 * secondMs;
// Gives 150,000 to 250,000 lines in six hours, by the time of day.
const visitsPerSecond = 1.55;

/** The shop's lines in batches of ten minutes, oldest first; lines of a stream are sorted by time, over batches too. */
export function* generateShop(request: ShopRequest): Generator<readonly PushStream[]> {
  const endMs = floorToSecond(request.endMs);
  const startMs = floorToSecond(endMs - (request.durationMs ?? defaultDurationMs));
  const source = createSource(request.seed, startMs, createTimeline(endMs));
  for (let fromMs = startMs; fromMs < endMs; fromMs += batchMs) {
    yield source.linesUntil(Math.min(fromMs + batchMs, endMs));
  }
}

/** The shop from `startMs` on: pass the end of the generated stretch, so that nothing is missing or doubled between. */
export function generateLive(request: { readonly seed: number; readonly startMs: number }): LiveShop {
  const startMs = floorToSecond(request.startMs);
  return createSource(request.seed, startMs, createTimeline(startMs));
}

function createSource(seed: number, startMs: number, timeline: Timeline): LiveShop {
  const sorter = createStreamSorter(timeline);
  // Visits that began before the start write their last lines after it.
  let nextMs = startMs - spillMs;
  let hasDropped = false;

  return {
    linesUntil(untilMs) {
      const endMs = floorToSecond(untilMs);
      for (; nextMs < endMs; nextMs += secondMs) {
        writeSecond(seed, nextMs, timeline, sorter.add);
      }
      if (!hasDropped) {
        hasDropped = true;
        sorter.take(BigInt(startMs) * 1_000_000n);
      }
      return sorter.take(BigInt(endMs) * 1_000_000n);
    },
  };
}

function writeSecond(seed: number, nowMs: number, timeline: Timeline, add: (line: ShopLine) => void): void {
  const random = createRandom(seed, nowMs);
  const moment: Moment = {
    nowMs,
    random,
    timeline,
    trouble: troubleAt(timeline, nowMs),
    write(service, podIndex, atMs, level, ...lines) {
      // Microseconds are what a double holds exactly at this size.
      const firstNs = BigInt(Math.floor(atMs * 1000)) * 1000n;
      for (const [index, text] of lines.entries()) {
        add({ service, podIndex, level, atNs: firstNs + BigInt(index) * 1000n, text });
      }
    },
  };
  const visitCount = random.occurrences(visitsPerSecond * rhythmAt(nowMs));
  for (let index = 0; index < visitCount; index++) {
    visit(moment);
  }
  runBackground(moment);
}

function floorToSecond(atMs: number): number {
  return Math.floor(atMs / secondMs) * secondMs;
}
