// Counts each cluster in both windows.
import type { EvidenceCase, EvidenceLine, EvidenceWindow } from './evidence-case.ts';

/** Events of a cluster closer than this are one episode: one cause may write many. */
const episodeMs = 5000;
const minuteMs = 60_000;
/** Lines kept of each cluster and window, for quotations. */
const keptLines = 3;

/** A cluster in one window. */
export interface WindowTally {
  count: number;
  /** Stretches of five seconds in which it occurred. */
  episodeCount: number;
  lastEpisode: number;
  /** Events by minute since the window's beginning. */
  readonly byMinute: Map<number, number>;
  readonly lines: EvidenceLine[];
  firstMs: number;
  lastMs: number;
}

/** A cluster in both windows. */
export interface ClusterTally {
  readonly key: string;
  /** Any line of it; the first of the incident where there is one. */
  example: EvidenceLine;
  readonly baseline: WindowTally;
  readonly incident: WindowTally;
}

/** Clusters of both windows, by service and cluster. */
export function tallyClusters({ baseline, incident }: EvidenceCase): ClusterTally[] {
  const tallies = new Map<string, ClusterTally>();
  tallyWindow(tallies, baseline, 'baseline');
  tallyWindow(tallies, incident, 'incident');
  return [...tallies.values()];
}

function tallyWindow(tallies: Map<string, ClusterTally>, window: EvidenceWindow, side: 'baseline' | 'incident'): void {
  for (const line of window.lines) {
    const key = `${line.service}\0${line.stepKey}`;
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = { key, example: line, baseline: emptyTally(), incident: emptyTally() };
      tallies.set(key, tally);
    }
    const own = tally[side];
    if (own.count === 0) {
      own.firstMs = line.atMs;
      tally.example = line;
    }
    own.count += 1;
    own.lastMs = line.atMs;
    const episode = Math.floor(line.atMs / episodeMs);
    own.episodeCount += episode === own.lastEpisode ? 0 : 1;
    own.lastEpisode = episode;
    const minute = Math.floor((line.atMs - window.fromMs) / minuteMs);
    own.byMinute.set(minute, (own.byMinute.get(minute) ?? 0) + 1);
    if (own.lines.length < keptLines) {
      own.lines.push(line);
    }
  }
}

function emptyTally(): WindowTally {
  return { count: 0, episodeCount: 0, lastEpisode: -1, byMinute: new Map(), lines: [], firstMs: 0, lastMs: 0 };
}

/**
 * Minutes since the window's beginning in which anything was written: of a window that was read in parts, or that has a line of a
 * clock that is years off, the others are not empty but unknown.
 */
export function minutesOf({ lines, fromMs }: EvidenceWindow): readonly number[] {
  return [...new Set(lines.map(({ atMs }) => Math.floor((atMs - fromMs) / minuteMs)))].toSorted((a, b) => a - b);
}

/** Events of a cluster in each of these minutes. */
export function minuteCounts(tally: WindowTally, minutes: readonly number[]): number[] {
  return minutes.map((minute) => tally.byMinute.get(minute) ?? 0);
}
