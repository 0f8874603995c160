// An HTTP proxy before Loki that notes each query for lines or counts: when it ran, and how many bytes Loki says it went through.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One query as Loki saw it. */
export interface MeteredQuery {
  readonly query: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly processedBytes: number;
}

/** A running proxy. */
export interface MeteringProxy {
  readonly url: string;
  /** Queries so far; a test may empty it. */
  readonly queries: MeteredQuery[];
  /** Answers every query with this status instead of asking Loki; null asks Loki again. */
  answerWith(refusal: { readonly status: number; readonly retryAfterSeconds?: number } | null): void;
  stop(): Promise<void>;
}

/** Starts a proxy on loopback before the Loki at `targetUrl`. */
export async function startMeteringProxy(targetUrl: string): Promise<MeteringProxy> {
  const queries: MeteredQuery[] = [];
  let refusal: { readonly status: number; readonly retryAfterSeconds?: number } | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', targetUrl);
    const isQuery = url.pathname.endsWith('/query_range');
    const startedAtMs = Date.now();
    if (isQuery && refusal !== null) {
      const retryAfter = refusal.retryAfterSeconds;
      response.writeHead(refusal.status, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });
      response.end('refused by the test');
      return;
    }
    const headers = forwardedHeaders(request);
    const method = request.method ?? 'GET';
    const upstream = await fetch(url, method === 'GET' ? { headers } : { method, headers, body });
    const text = await upstream.text();
    if (isQuery) {
      const query = url.searchParams.get('query') ?? new URLSearchParams(body).get('query') ?? '';
      queries.push({ query, startedAtMs, endedAtMs: Date.now(), processedBytes: processedBytesOf(text) });
    }
    response.writeHead(upstream.status, { 'Content-Type': upstream.headers.get('Content-Type') ?? 'text/plain' });
    response.end(text);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    queries,
    answerWith(next) {
      refusal = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forwardedHeaders({ headers }: IncomingMessage): Record<string, string> {
  const flags = headers['x-loki-response-encoding-flags'];
  return {
    'Content-Type': headers['content-type'] ?? 'application/json',
    ...(typeof flags === 'string' ? { 'X-Loki-Response-Encoding-Flags': flags } : {}),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function processedBytesOf(text: string): number {
  const answer = JSON.parse(text) as { data?: { stats?: { summary?: { totalBytesProcessed?: number } } } };
  return answer.data?.stats?.summary?.totalBytesProcessed ?? 0;
}
