// What an analysis works on: lines with what is known of them, the windows, and how texts may be shown.
import type { LogEvent } from '../multiline/index.ts';
import type { Labels, LogEntry } from '../records/index.ts';
import type { Level } from '../severity/index.ts';
import type { CaseLine, CaseLoad, CaseSpan } from './incident-case.ts';
import { readTraceIds } from './trace-ids.ts';

/** An event of a log, with what is known of it. Its time is milliseconds since 1970. */
export interface EvidenceLine extends CaseLine {
  readonly namespace: string;
  readonly level: Level;
  /** Of its stream. */
  readonly labels: Labels;
  /** The first line of the event, as the log store has it. */
  readonly entry: LogEntry;
  /** Null: it belongs to no stored cluster. */
  readonly clusterId: string | null;
  /** Template of its cluster, cut. */
  readonly templateText: string;
  /** Names what the line says, equal for equal statements. */
  readonly stepKey: string;
}

/** Characters of a template in sentences: it names a cluster there, lines are quoted apart. */
const maxTemplateLength = 200;

/** What is known of an event beside its lines. */
export interface KnownEvent {
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly clusterId: string | null;
  /** Names its cluster, stored or not: events of one cluster have the same. */
  readonly clusterKey: string;
  readonly templateText: string;
}

/** Makes a line of a case from an event. */
export function toEvidenceLine(event: LogEvent, known: KnownEvent): EvidenceLine {
  const [entry] = event.entries;
  return {
    // Microseconds are what a double holds exactly at this size.
    atMs: Number(entry.timestampNs / 1000n) / 1000,
    service: known.service,
    namespace: known.namespace,
    ...readTraceIds(entry),
    text: event.text,
    level: known.level,
    labels: entry.labels,
    entry,
    clusterId: known.clusterId,
    templateText: cut(known.templateText),
    stepKey: known.clusterKey,
  };
}

function cut(text: string): string {
  return text.length > maxTemplateLength ? `${text.slice(0, maxTemplateLength).toWellFormed()}…` : text;
}

/** A window with what was read of it. */
export interface EvidenceWindow {
  /** Milliseconds since 1970; `toMs` is not part of it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** In order of time. */
  readonly lines: readonly EvidenceLine[];
  readonly spans: readonly CaseSpan[];
  readonly loads: readonly CaseLoad[];
  /** How much of its time was read: less than its length when it holds too many lines. */
  readonly readMs: number;
  /** LogQL that was sent. */
  readonly queries: readonly string[];
}

/** A deploy that somebody told of. */
export interface KnownDeploy {
  readonly atMs: number;
  /** Empty: not said. */
  readonly service: string;
  readonly version: string;
  readonly text: string;
}

/** Everything that an analysis is made of. Both functions are pure. */
export interface EvidenceCase {
  /** What is analysed, in words. */
  readonly subjectText: string;
  /** The service that is asked about; empty for none. */
  readonly service: string;
  readonly baseline: EvidenceWindow;
  readonly incident: EvidenceWindow;
  readonly deploys: readonly KnownDeploy[];
  /** Why no spans were looked at; absent or empty: they were, or nobody tried. */
  readonly traceGap?: string;
  /** The same of loads. */
  readonly loadGap?: string;
  /** PromQL that gave the loads; absent or empty: none did. */
  readonly loadQuery?: string;
  /** What was not looked at, beside what the case itself shows. */
  readonly notLookedAt: ReadonlyArray<{ readonly what: string; readonly why: string }>;
  /** A text without private values. */
  readonly redact: (text: string) => string;
  /** A line as it may be quoted: redacted and cut. */
  readonly quote: (text: string) => string;
  /** LogQL of a stream; empty when there is none. */
  readonly queryOf: (labels: Labels) => string;
}
