// Judges clusters that nobody has seen before: by level, how many events, over how many minutes and streams, whether they stay.
import type { Level } from '../severity/index.ts';
import type { StateReader, StateWriter } from './state-numbers.ts';
import type { Severity } from './severity.ts';

/** A cluster is new for so many minutes after its first event. */
export const newMinutes = 60;
/** Its event ends when it is quiet for so long. */
const quietMinutes = 30;
/** Before so much was read, everything is new. */
const leastReadMinutes = 4 * 60;
/** Before a day was read, what happens once a day is new as well: nobody is woken for it. */
const fullReadMinutes = 1440;

const none = -1;

/** What one new cluster did so far. Pure state. */
export class Newness {
  /** First minute of the cluster. */
  first = none;
  eventCount = 0;
  minuteCount = 0;
  streamCount = 0;
  severity: Severity = 0;
  openedMinute = none;
  lastMinute = none;
  /** Told once: a cluster is new once. */
  hasEnded = false;

  /** Takes a minute's events in; returns the severity after it, 0 while nothing is worth telling. */
  observe(minute: number, seen: NewEvents): Severity {
    if (seen.eventCount > 0) {
      this.first = this.first === none ? seen.firstMinute : this.first;
      this.eventCount += seen.eventCount;
      this.minuteCount += 1;
      this.streamCount = Math.max(this.streamCount, seen.streamCount);
      this.lastMinute = minute;
    }
    if (this.hasEnded || this.first === none) {
      return 0;
    }
    if (minute - this.first > newMinutes || (this.severity > 0 && minute - this.lastMinute > quietMinutes)) {
      this.hasEnded = this.severity > 0 || minute - this.first > newMinutes;
      this.severity = 0;
      return 0;
    }
    if (seen.eventCount > 0) {
      const rated = rateNewCluster(this, seen);
      if (rated > this.severity) {
        this.openedMinute = this.severity === 0 ? minute : this.openedMinute;
        this.severity = rated;
      }
    }
    return this.severity;
  }

  save(writer: StateWriter): void {
    writer.add(this.first, this.eventCount, this.minuteCount, this.streamCount, this.severity, this.openedMinute);
    writer.add(this.lastMinute, this.hasEnded ? 1 : 0);
  }

  restore(reader: StateReader): void {
    this.first = reader.next();
    this.eventCount = reader.next();
    this.minuteCount = reader.next();
    this.streamCount = reader.next();
    this.severity = reader.next() as Severity;
    this.openedMinute = reader.next();
    this.lastMinute = reader.next();
    this.hasEnded = reader.next() === 1;
  }
}

/** Events of a cluster in a minute, and what is known beside. */
export interface NewEvents {
  readonly eventCount: number;
  readonly level: Level;
  readonly streamCount: number;
  readonly firstMinute: number;
  /** Minutes that had been read before the cluster's first event. */
  readonly readMinutes: number;
  /** The service, or one beside it, was deployed within the hour before. */
  readonly isAfterDeploy: boolean;
}

/**
 * Severity of a new cluster. An error that comes once is nothing to be told of; one that stays for minutes is, and one that several
 * streams have, or that is fatal, wakes people. Warnings only when they are many; after a deploy new warnings are usual, and less are
 * told of. What is milder is never told of.
 */
function rateNewCluster(soFar: Newness, seen: NewEvents): Severity {
  const { eventCount, minuteCount, streamCount } = soFar;
  if (seen.readMinutes < leastReadMinutes) {
    return 0;
  }
  if (seen.level === 'warn') {
    return eventCount >= 30 && minuteCount >= 5 && !seen.isAfterDeploy ? 1 : 0;
  }
  if (seen.level !== 'error' && seen.level !== 'fatal') {
    return 0;
  }
  const isLasting = minuteCount >= 3 && eventCount >= 10;
  const isWide = streamCount >= 2 || seen.level === 'fatal' || eventCount >= 100;
  const rated = isLasting && isWide ? 3 : isLasting ? 2 : minuteCount >= 2 && eventCount >= 3 ? 1 : 0;
  return seen.readMinutes < fullReadMinutes && rated > 2 ? 2 : rated;
}
