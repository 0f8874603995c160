/** Outside systems that a port may stand for. */
export type OutsideSystem =
  | 'loki'
  | 'embedded-logs'
  | 'postgres'
  | 'pglite'
  | 'redis'
  | 'grafana'
  | 'http'
  | 'tempo'
  | 'jaeger'
  | 'prometheus'
  | 'smtp'
  | 'ollama'
  | 'openai-compatible'
  | 'openai'
  | 'anthropic';

/** Why a call to an outside system failed. */
export type PortErrorKind =
  'unavailable' | 'timeout' | 'rejected' | 'not-supported' | 'invalid-answer' | 'not-found' | 'conflict';

/** Facts of a failed call; see {@link PortError}. */
export interface PortFailure {
  readonly system: OutsideSystem;
  readonly kind: PortErrorKind;
  /** One sentence for a person, free of secrets; holds the system's own error text where it gave one. */
  readonly message: string;
  /** Whether the same call may succeed later. Default: true for `unavailable` and `timeout`, else false. */
  readonly isRetryable?: boolean;
  /** HTTP status or the like, where there was one. */
  readonly status?: number;
  /** Wait at least this long before another try, when the system said so. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const marker = Symbol.for('loghunter.port-error');

/** The only error that adapters throw for failures of the outside system they stand for. */
export class PortError extends Error {
  readonly [marker] = true;
  readonly system: OutsideSystem;
  readonly kind: PortErrorKind;
  readonly isRetryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(failure: PortFailure) {
    super(failure.message, { cause: failure.cause });
    this.name = 'PortError';
    this.system = failure.system;
    this.kind = failure.kind;
    this.isRetryable = failure.isRetryable ?? (failure.kind === 'unavailable' || failure.kind === 'timeout');
    this.status = failure.status;
    this.retryAfterMs = failure.retryAfterMs;
  }
}

/** Recognises a {@link PortError} by its marker, so that the check survives bundles and duplicate modules. */
export function isPortError(value: unknown): value is PortError {
  return typeof value === 'object' && value !== null && marker in value;
}
