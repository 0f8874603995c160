/** One row of the closed table of problems that the server may answer with. */
export interface ProblemKind {
  /** HTTP status, 400..599. 401 goes to direct calls only: Grafana's client sends a request again on 401, POSTs too. */
  readonly status: number;
  /** Constant title, shown to people. */
  readonly title: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
}

/**
 * Every problem code of the API. The key is stable and may be relied on by programs;
 * it is also the anchor of the documentation page that explains it (RFC 9457 `type`).
 */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is not valid', retryable: false },
  'query-rejected': { status: 400, title: 'The log query was refused', retryable: false },
  unauthenticated: { status: 401, title: 'Credentials are missing or not valid', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  'not-found': { status: 404, title: 'Not found', retryable: false },
  'method-not-allowed': { status: 405, title: 'This address does not take that method', retryable: false },
  conflict: { status: 409, title: 'It conflicts with what is there', retryable: false },
  'payload-too-large': { status: 413, title: 'The request is too large', retryable: false },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON', retryable: false },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was sent before with another request',
    retryable: false,
  },
  'address-refused': { status: 422, title: 'The address may not be called', retryable: false },
  'not-supported': { status: 422, title: 'Not supported here', retryable: false },
  'rule-refused': { status: 422, title: 'The rule cannot be taken', retryable: false },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Something went wrong inside LogHunter', retryable: false },
  'loki-query-failed': { status: 502, title: 'Loki refused or failed the query', retryable: false },
  'grafana-failed': { status: 502, title: 'Grafana refused or failed the request', retryable: false },
  'grafana-unavailable': { status: 503, title: 'Grafana cannot be reached', retryable: true },
  'loki-unavailable': { status: 503, title: 'Loki cannot be reached', retryable: true },
  'store-unavailable': { status: 503, title: 'The database cannot be reached', retryable: true },
  timeout: { status: 504, title: 'The query took too long', retryable: true },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** Stable code of a problem: a key of {@link problemKinds}. */
export type ProblemCode = keyof typeof problemKinds;
