import { createFingerprinter } from '@loghunter/engine/fingerprints';
import type { LogEvent } from '@loghunter/engine/multiline';
import { detectLevel, mostSevere, type Level } from '@loghunter/engine/severity';
import { createClusterer, renderTemplate } from '@loghunter/engine/templates';

/** What is known of one cluster of the files. */
export interface ClusterFigures {
  readonly template: string;
  readonly kind: 'template' | 'stack-trace';
  /** Most severe level of its events. */
  readonly level: Level;
  readonly eventCount: number;
  readonly lineCount: number;
  /** Milliseconds since 1970; null when no event had a time. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly eventCountByLevel: ReadonlyMap<Level, number>;
  /** The first event, cut to a readable length. */
  readonly sample: string;
}

/** Groups events into clusters and counts them. Memory grows with the clusters, not with the lines. */
export interface Tally {
  add(event: LogEvent, level: Level, timeMs: number | null): void;
  /** All clusters, after the merges that later events brought. */
  clusters(): readonly ClusterFigures[];
}

const maxSampleLength = 2000;

interface Count {
  eventCount: number;
  lineCount: number;
  level: Level;
  firstMs: number | null;
  lastMs: number | null;
  readonly eventCountByLevel: Map<Level, number>;
  readonly sample: string;
}

/**
 * Stack traces are grouped by their frames, everything else by its template with what the whole input taught about
 * variable places; the server goes by frames and by the template of the single line.
 */
export function createTally(): Tally {
  const clusterer = createClusterer();
  const fingerprinter = createFingerprinter();
  const byTemplate = new Map<number, Count>();
  const byTrace = new Map<string, Count>();
  const traceTemplates = new Map<string, string>();

  function countOf(event: LogEvent): Count {
    if (mayHoldTrace(event)) {
      const identity = fingerprinter.identify(event);
      if (identity.kind === 'stack-trace') {
        traceTemplates.set(identity.fingerprint, identity.templateText);
        return getOrCreate(byTrace, identity.fingerprint, event);
      }
    }
    return getOrCreate(byTemplate, clusterer.add(event.text), event);
  }

  return {
    add(event, level, timeMs) {
      const count = countOf(event);
      count.eventCount++;
      count.lineCount += event.entries.length;
      count.level = mostSevere(count.level, level);
      count.eventCountByLevel.set(level, (count.eventCountByLevel.get(level) ?? 0) + 1);
      if (timeMs !== null) {
        count.firstMs = Math.min(count.firstMs ?? timeMs, timeMs);
        count.lastMs = Math.max(count.lastMs ?? timeMs, timeMs);
      }
    },
    clusters() {
      const resolved = new Map<number, Count>();
      for (const [id, count] of byTemplate) {
        const current = clusterer.resolve(id);
        const known = resolved.get(current);
        resolved.set(current, known === undefined ? count : merged(known, count));
      }
      return [
        ...Array.from(resolved, ([id, count]) => figures('template', renderTemplate(clusterer.templateOf(id)), count)),
        ...Array.from(byTrace, ([fingerprint, count]) =>
          figures('stack-trace', traceTemplates.get(fingerprint) ?? '', count)
        ),
      ];
    },
  };
}

/** Level of an event that comes from a file: there are no labels to say it. */
export function levelOf(event: LogEvent): Level {
  return detectLevel(event.text, event.entries[0].labels, event.entries[0].metadata);
}

// One line may hold a whole trace with escaped line ends, as JSON loggers write it.
function mayHoldTrace(event: LogEvent): boolean {
  return event.entries.length > 1 || event.text.includes('\\n');
}

function getOrCreate<Key>(counts: Map<Key, Count>, key: Key, event: LogEvent): Count {
  let count = counts.get(key);
  if (count === undefined) {
    count = {
      eventCount: 0,
      lineCount: 0,
      level: 'unknown',
      firstMs: null,
      lastMs: null,
      eventCountByLevel: new Map(),
      // A copy: a slice would keep the whole block of the file that it was cut from.
      sample: Buffer.from(event.text.slice(0, maxSampleLength)).toString(),
    };
    counts.set(key, count);
  }
  return count;
}

function merged(left: Count, right: Count): Count {
  const eventCountByLevel = new Map(left.eventCountByLevel);
  for (const [level, eventCount] of right.eventCountByLevel) {
    eventCountByLevel.set(level, (eventCountByLevel.get(level) ?? 0) + eventCount);
  }
  return {
    eventCount: left.eventCount + right.eventCount,
    lineCount: left.lineCount + right.lineCount,
    level: mostSevere(left.level, right.level),
    firstMs: pick(Math.min, left.firstMs, right.firstMs),
    lastMs: pick(Math.max, left.lastMs, right.lastMs),
    eventCountByLevel,
    sample: left.sample,
  };
}

function pick(
  choose: (left: number, right: number) => number,
  left: number | null,
  right: number | null
): number | null {
  return left === null || right === null ? (left ?? right) : choose(left, right);
}

function figures(kind: ClusterFigures['kind'], template: string, count: Count): ClusterFigures {
  return { ...count, kind, template };
}
