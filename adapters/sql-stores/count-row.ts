import type { StreamMinute } from '@loghunter/ports';
import { levelToNumber } from './levels.ts';
import { streamIdOf } from './stream-id.ts';

/** Counts of one cluster at one level in one minute of one stream, as a row of cluster_minutes. */
export interface CountRow {
  readonly streamId: string;
  readonly minuteMs: number;
  readonly clusterId: string;
  readonly level: number;
  readonly eventCount: number;
  readonly lineCount: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** One stream and minute, as a row of stream_minutes. */
export interface MinuteRow {
  readonly streamId: string;
  readonly minuteMs: number;
  readonly lineCount: number;
  readonly unreadLineCount: number;
  readonly isClosed: boolean;
  /** Part of the lines: those that came after the minute had been read as complete. */
  readonly lateLineCount: number;
}

const nanosecondsPerMillisecond = 1_000_000n;

/** The count rows of a minute; counts of the same cluster and level are added up. */
export function toCountRows(minute: StreamMinute): readonly CountRow[] {
  const streamId = streamIdOf(minute.labels);
  const rows = new Map<string, CountRow>();
  for (const count of minute.counts) {
    const key = `${count.clusterId} ${count.level}`;
    const same = rows.get(key);
    const firstMs = Number(count.firstNs / nanosecondsPerMillisecond);
    const lastMs = Number(count.lastNs / nanosecondsPerMillisecond);
    rows.set(key, {
      streamId,
      minuteMs: minute.minuteMs,
      clusterId: count.clusterId,
      level: levelToNumber(count.level),
      eventCount: count.eventCount + (same?.eventCount ?? 0),
      lineCount: count.lineCount + (same?.lineCount ?? 0),
      firstMs: Math.min(firstMs, same?.firstMs ?? firstMs),
      lastMs: Math.max(lastMs, same?.lastMs ?? lastMs),
    });
  }
  return [...rows.values()];
}

/** The stream's own row of a minute. */
export function toMinuteRow(minute: StreamMinute): MinuteRow {
  return {
    streamId: streamIdOf(minute.labels),
    minuteMs: minute.minuteMs,
    lineCount: minute.lineCount,
    unreadLineCount: minute.unreadLineCount,
    isClosed: minute.isClosed,
    lateLineCount: 0,
  };
}
