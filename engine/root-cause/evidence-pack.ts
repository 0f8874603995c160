// What an analysis finds, as it is stored and shown. Texts hold nothing private, moments are ISO 8601 in UTC.
import type { Labels } from '../records/index.ts';
import type { Level } from '../severity/index.ts';

/** Where evidence comes from. Channels are independent of each other; findings of one are not. */
export type EvidenceChannel = 'order' | 'errors' | 'rate' | 'delay' | 'calls' | 'silence' | 'load';

/** What a finding is about. */
export type FindingKind =
  | 'new-order'
  | 'vanished-order'
  | 'new-error'
  | 'new-cluster'
  | 'gone-cluster'
  | 'more-often'
  | 'less-often'
  | 'slow-steps'
  | 'slow-calls'
  | 'fell-silent'
  | 'high-load';

/** How sure the evidence is. */
export type Verdict = 'confirmed' | 'likely' | 'inconclusive';

/** A line that a finding rests on. */
export interface QuotedLine {
  /** `L1`, `L2` ...: unique in the pack. */
  readonly id: string;
  readonly findingId: string;
  readonly window: 'baseline' | 'incident';
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly at: string;
  /** Nanoseconds since 1970, as digits. */
  readonly timestampNs: string;
  /** Redacted and cut. */
  readonly text: string;
  readonly labels: Labels;
  readonly hash: string;
  readonly query: string;
}

/** One thing that the evidence shows. */
export interface PackFinding {
  /** `F1`, `F2` ...: the strongest first. */
  readonly id: string;
  readonly channel: EvidenceChannel;
  readonly kind: FindingKind;
  readonly service: string;
  readonly statement: string;
  /** -log10 of the probability that a healthy service shows this. */
  readonly surprise: number;
  /** What it was before; empty when there is nothing to say. */
  readonly baseline: string;
  readonly incident: string;
  /** Null: it is an absence. */
  readonly firstAt: string | null;
  readonly clusterId: string | null;
  readonly lineIds: readonly string[];
  readonly query: string;
  /** Traces that show it, for findings from spans; absent otherwise. */
  readonly traceIds?: readonly string[];
  /** PromQL that shows it, for findings from metrics; absent otherwise. */
  readonly metricQuery?: string;
}

/** A service that may be the cause. */
export interface PackSuspect {
  readonly rank: number;
  readonly service: string;
  /** Its part of all suspicion, 0..1. */
  readonly score: number;
  readonly reasons: readonly string[];
  readonly channels: ReadonlyArray<{ readonly channel: EvidenceChannel; readonly surprise: number }>;
  readonly findingIds: readonly string[];
  readonly isFirst: boolean;
}

/** Something that happened. */
export interface TimelineEntry {
  readonly at: string;
  readonly kind: 'deploy' | 'onset' | 'first-bad-cluster' | 'deviation' | 'incident-start' | 'incident-end';
  readonly service: string;
  readonly text: string;
  readonly findingId: string | null;
}

/** In which order services were reached. */
export interface Propagation {
  readonly basis: 'traces' | 'time-order' | 'none';
  /** What it cannot show; empty when it rests on traces. */
  readonly weakness: string;
  readonly services: ReadonlyArray<{
    readonly service: string;
    readonly role: 'origin' | 'affected' | 'unaffected';
    readonly firstDeviationAt: string | null;
  }>;
  readonly edges: ReadonlyArray<{
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly affectedCount: number;
  }>;
}

/** One cluster before and during the incident. */
export interface ComparedCluster {
  readonly clusterId: string | null;
  readonly service: string;
  readonly level: Level;
  readonly templateText: string;
  readonly kind: 'new' | 'gone' | 'up' | 'down';
  readonly baselineCount: number;
  readonly incidentCount: number;
  readonly baselinePerMinute: number;
  readonly incidentPerMinute: number;
  readonly surprise: number;
  readonly firstAt: string | null;
  /** An error that was as loud before. */
  readonly isOldNoise: boolean;
  /** Absent: counted in the lines that were read, which may be a part of the window. */
  readonly countedFrom?: 'ledger';
}

/** A label value that what went wrong concentrates in. */
export interface Concentration {
  readonly name: string;
  readonly value: string;
  readonly affectedShare: number;
  readonly otherShare: number;
  readonly surprise: number;
}

/** A deploy near the incident. */
export interface PackDeploy {
  readonly at: string;
  readonly service: string;
  readonly version: string;
  readonly text: string;
  /** Negative when it came after. */
  readonly minutesBeforeOnset: number;
  readonly isSuspect: boolean;
}

/** A window and how much of it was read. */
export interface AnalysedWindow {
  readonly range: { readonly from: string; readonly to: string };
  readonly lineCount: number;
  readonly isComplete: boolean;
  /** Share of its time that was read, 0..1. */
  readonly readShare: number;
  readonly queries: readonly string[];
}

/** Something with its reason. */
export interface Remark {
  readonly what: string;
  readonly why: string;
}

/** Everything that an analysis found. */
export interface EvidencePack {
  readonly version: 1;
  readonly subjectText: string;
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly confidenceReasons: readonly string[];
  readonly summary: {
    readonly suspect: string | null;
    readonly since: string | null;
    readonly evidenceCount: number;
    readonly nextStep: string;
    /** Five: verdict, suspect, since when, evidence, next step. */
    readonly lines: readonly string[];
  };
  readonly windows: { readonly baseline: AnalysedWindow; readonly incident: AnalysedWindow };
  readonly suspects: readonly PackSuspect[];
  readonly findings: readonly PackFinding[];
  readonly lines: readonly QuotedLine[];
  readonly timeline: {
    readonly onset: string | null;
    readonly firstBadClusterId: string | null;
    readonly entries: readonly TimelineEntry[];
  };
  readonly propagation: Propagation;
  readonly comparison: readonly ComparedCluster[];
  readonly concentration: readonly Concentration[];
  readonly deploys: readonly PackDeploy[];
  readonly ruledOut: readonly Remark[];
  readonly notLookedAt: readonly Remark[];
  /** Findings left out so that the pack stays small. */
  readonly droppedFindingCount: number;
  /** Of the pack as text: a quarter of its characters. */
  readonly estimatedTokens: number;
}
