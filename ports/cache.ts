/**
 * Short-lived values that can be computed again. Losing one costs time, never truth: no method throws when the
 * outside system is away, `get` then answers undefined.
 */
export interface Cache {
  /** The stored text, or undefined when absent or expired. */
  get(key: string): Promise<string | undefined>;
  /** Stores text for `ttlMs`, 1 ms at least. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Returns when the outside system answers; throws `PortError` otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
