import { PortError, type ModelSystem } from '@loghunter/ports';
import { Agent, fetch as undiciFetch } from 'undici';

/** How one host is called. */
export interface HostFetchOptions {
  readonly system: ModelSystem;
  /** Everything goes to this origin, and below this path. */
  readonly baseUrl: string;
  /** Longest time without a byte: to the headers of an answer, and between two pieces of its body. */
  readonly silenceMs: number;
  readonly maxAnswerBytes: number;
}

/** A `fetch` that reaches one host and no other. */
export interface HostFetch {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** Connecting to a host that drops packets is given up after this. */
const connectMs = 10_000;
/** What client libraries may send of themselves; anything else that an environment has them add stays here. */
const allowedHeaders = new Set([
  ...['accept', 'content-type', 'authorization', 'api-key', 'x-api-key', 'anthropic-version', 'anthropic-beta'],
]);
const dataTypes = ['application/json', 'application/x-ndjson', 'text/event-stream'];

/**
 * A `fetch` for client libraries: only to the given address, without redirects and proxies, with bounds on silence and size, and
 * nothing but the headers that the interface needs. An answer that is no data is an `invalid-answer`. Throws `PortError`.
 */
export function createHostFetch({ system, baseUrl, silenceMs, maxAnswerBytes }: HostFetchOptions): HostFetch {
  const base = new URL(baseUrl);
  const agent = new Agent({
    connect: { timeout: connectMs },
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  });
  const fail = (kind: PortError['kind'], message: string, cause?: unknown) =>
    new PortError({ system, kind, message, cause });

  const tooLarge = () => fail('invalid-answer', `${base.host} answered more than ${maxAnswerBytes} bytes`);

  async function hostFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
      throw fail('rejected', `${url.host} is not the configured host`);
    }
    const answer = await call(url, init);
    if (answer.status >= 300 && answer.status < 400) {
      await answer.body?.cancel();
      throw fail('rejected', `${base.host} redirects to another address, which is not followed`);
    }
    const type = answer.headers.get('content-type') ?? '';
    if (answer.ok && !dataTypes.some((known) => type.toLowerCase().startsWith(known))) {
      await answer.body?.cancel();
      throw fail('invalid-answer', `${base.host} answered ${type || 'no content type'}: is the address right?`);
    }
    return new Response(answer.body === null ? null : bounded(answer.body, { maxAnswerBytes, tooLarge, toFailure }), {
      status: answer.status,
      headers: [...answer.headers.entries()],
    });
  }

  async function call(url: URL, init: RequestInit) {
    const headers = [...new Headers(init.headers).entries()].filter(([name]) => allowedHeaders.has(name));
    try {
      return await undiciFetch(url, {
        method: init.method ?? 'GET',
        headers: [...headers, ['user-agent', 'LogHunter']],
        body: typeof init.body === 'string' ? init.body : null,
        signal: init.signal ?? null,
        redirect: 'manual',
        dispatcher: agent,
      });
    } catch (error) {
      throw init.signal?.aborted === true ? error : toFailure(error);
    }
  }

  function toFailure(error: unknown): PortError {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
      ? fail('timeout', `${base.host} was silent for ${silenceMs / 1000} s`, error)
      : fail('unavailable', `${base.host} cannot be reached${code === '' ? '' : `: ${code}`}`, error);
  }

  return { fetch: hostFetch, close: () => agent.destroy() };
}

/** What ends a body that is read. */
interface BodyBounds {
  readonly maxAnswerBytes: number;
  readonly tooLarge: () => PortError;
  readonly toFailure: (error: unknown) => PortError;
}

function bounded(
  body: ReadableStream<Uint8Array>,
  { maxAnswerBytes, tooLarge, toFailure }: BodyBounds
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        size += value.byteLength;
        if (size > maxAnswerBytes) {
          await reader.cancel();
          controller.error(tooLarge());
          return;
        }
        controller.enqueue(value);
      } catch (error) {
        controller.error(isAbort(error) ? error : toFailure(error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
