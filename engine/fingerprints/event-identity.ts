import type { TemplatePart } from '../templates/index.ts';

/** Which cluster an event belongs to, and how that cluster is shown. A pure function of the event's text. */
export interface EventIdentity {
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** 32 hex digits, equal for all traces of one type and topmost frame; null for events without a trace. */
  readonly coarseFingerprint: string | null;
  readonly algorithmVersion: number;
  /** Without secrets and personal data, so that it may be stored: what masks left of them is a variable place. */
  readonly template: readonly TemplatePart[];
  /** The template on one line, variable places written `<*>`. */
  readonly templateText: string;
  /** What rules of lines are applied to, packed; empty when none applies: for traces. Holds nothing private. */
  readonly signature: string;
  readonly kind: 'template' | 'stack-trace';
}
