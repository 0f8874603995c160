/** What a repeated request is recognised by. */
export interface RepeatableRequest {
  /** Name of the route: a key belongs to one route of one tenant. */
  readonly route: string;
  /** The caller's key; only its hash is kept. */
  readonly key: string;
  /** Equal for equal requests. */
  readonly requestHash: string;
}

/** First answers to requests that may be sent twice. Keys are forgotten after 24 hours. Throws `PortError` of the database. */
export interface IdempotencyStore {
  /**
   * Claims the key in the unit of work around the call, and waits while another request has it. Null: the caller is the first, computes
   * the answer and keeps it in the same unit. Otherwise the first answer, and whether its request was this one.
   */
  claim(
    tenantId: string,
    request: RepeatableRequest
  ): Promise<{ readonly isSameRequest: boolean; readonly answer: string } | null>;
  /** Keeps the answer to a claimed request. */
  keep(tenantId: string, request: RepeatableRequest, answer: string): Promise<void>;
  /** Deletes keys older than 24 hours, `limit` at most; returns how many. */
  deleteExpired(tenantId: string, limit: number): Promise<number>;
}
