import type { EvidenceLine } from './evidence-case.ts';
import type { EvidenceChannel, FindingKind } from './evidence-pack.ts';

/** Something that deviates, before it has an id. */
export interface Deviation {
  readonly channel: EvidenceChannel;
  readonly kind: FindingKind;
  readonly service: string;
  /** -log10 of the probability that a healthy service shows this. */
  readonly surprise: number;
  /** How much it says about the cause, 0..1: fewer requests are an effect more often than a cause. */
  readonly weight: number;
  readonly statement: string;
  readonly baseline: string;
  readonly incident: string;
  /** Milliseconds since 1970; null: an absence. */
  readonly firstMs: number | null;
  readonly clusterId: string | null;
  readonly lines: ReadonlyArray<{ readonly window: 'baseline' | 'incident'; readonly line: EvidenceLine }>;
  /** The statement that came, or came more often; absent for what is about none. */
  readonly stepKey?: string;
  /** Traces that show it. */
  readonly traceIds?: readonly string[];
  /** PromQL that shows it. */
  readonly metricQuery?: string;
}
