import type { Level } from '@loghunter/engine/severity';
import type { Random } from './random.ts';
import type { ServiceName } from './services.ts';
import type { Timeline, Trouble } from './timeline.ts';

/** A line that a service of the shop wrote. */
export interface ShopLine {
  readonly service: ServiceName;
  readonly podIndex: number;
  readonly level: Level;
  readonly atNs: bigint;
  readonly text: string;
}

/** One second of the shop's life: services write their lines into it. */
export interface Moment {
  /** Start of the second (milliseconds since 1970). */
  readonly nowMs: number;
  readonly random: Random;
  readonly timeline: Timeline;
  readonly trouble: Trouble;
  /** Writes an event of one or more lines; the lines of one event follow each other within microseconds. */
  write(service: ServiceName, podIndex: number, atMs: number, level: Level, ...lines: readonly string[]): void;
}

/** A customer's visit on its way through the services: the time goes on as they work. */
export interface Visit {
  readonly moment: Moment;
  readonly traceId: string;
  readonly userId: number;
  readonly clientIp: string;
  /** Milliseconds since 1970, with a fraction. */
  atMs: number;
}

/** How a call to another service ended. */
export interface CallResult {
  readonly isOk: boolean;
  readonly status: number;
  readonly durationMs: number;
}
