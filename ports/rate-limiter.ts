/** What one more request did to a window. */
export interface WindowState {
  readonly isAllowed: boolean;
  /** Weight that counts within the window now, with this request if it was allowed. */
  readonly usedWeight: number;
  /** Milliseconds until something that counts now counts no more; 0 when nothing counts. */
  readonly resetMs: number;
  /** Milliseconds until this request would be allowed if no other came; 0 when it was. */
  readonly retryAfterMs: number;
}

/** What is asked of a window. */
export interface WindowRequest {
  /** Whose window: free text, made of ids only. */
  readonly subject: string;
  /** Weight allowed within any hour. */
  readonly limit: number;
  /** Weight of this request, 1 or more. */
  readonly weight: number;
}

/**
 * Sliding windows of an hour that replicas share. Weight is counted by the minute, and a minute counts until all of it is over an hour old:
 * no hour ever holds more than the limit. Undefined when the outside system is away; never throws.
 */
export interface RateLimiter {
  take(request: WindowRequest): Promise<WindowState | undefined>;
  close(): Promise<void>;
}

/** Length of every window. */
export const windowMs = 3_600_000;
/** Weight is counted in steps of this. */
export const windowStepMs = 60_000;
