import type { AnalysisStore, AnnotationBoard, AnomalyStore, InvestigationStore, WebhookStore } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { JobStartParts } from '../jobs/start-job.ts';
import type { StoredTextRedaction } from '../redaction/stored-text-redaction.ts';

/** What requests about root causes need. */
export interface RootCauseFeature extends ClusterFeature, JobStartParts {
  readonly analyses: AnalysisStore;
  readonly investigations: InvestigationStore;
  readonly anomalies: AnomalyStore;
  readonly webhooks: WebhookStore;
  readonly redaction: StoredTextRedaction;
  /** Null: Grafana's annotations are not set up, or are another tenant's. */
  readonly annotations: AnnotationBoard | null;
}

/** Name of the job that analyses. */
export const analysisKind = 'analysis';

/** The value, or `not-found`, the same for what another tenant has as for what nobody has. */
export function orNotFound<T>(what: string, id: string, value: T | null): T {
  if (value === null) {
    throw new ProblemError('not-found', `There is no ${what} ${id}.`);
  }
  return value;
}
