/** A request to an address that somebody of a tenant has set. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back; the body is for the server and never shown to a tenant. */
export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** 1 MiB at most. */
  readonly body: string;
}

/**
 * Calls addresses from outside without reaching the installation's own network: https only, public addresses only, no redirects, no
 * proxies, 10 s and 1 MiB at most. Throws `PortError` of `http`: `rejected` for an address that may not be called, otherwise
 * `unavailable`, `timeout` or `invalid-answer`.
 */
export interface HttpClient {
  send(request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer>;
  /** Throws as `send` does when the address may not be called, without calling it; a name is looked up. */
  check(url: string): Promise<void>;
  close(): Promise<void>;
}
