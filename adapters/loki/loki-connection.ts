// The HTTP side of the Loki adapter: one function that sends a request and answers with JSON, and that turns every failure into a PortError.
import { PortError } from '@loghunter/ports';

/** How to reach a Loki. */
export interface LokiConnectionSettings {
  /** Address up to, not including, `/loki/api/v1`; also the address of a Grafana data-source proxy. */
  readonly url: string;
  /** Value of X-Scope-OrgID; left out for a Loki without tenants. */
  readonly orgId?: string | null;
  readonly auth?: LokiAuth;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** For tests; the platform's own fetch otherwise. */
  readonly fetch?: typeof fetch;
}

/** Credentials sent with every request. */
export type LokiAuth =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** One call of Loki's API. */
interface LokiCall {
  readonly method?: 'GET' | 'POST';
  /** After the base address, such as `/loki/api/v1/labels`. */
  readonly path: string;
  /** Query parameters, or the form of a POST without body. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** JSON text to send. */
  readonly body?: string;
  /** An address that wants a tenant also from a Loki without tenants, which calls its only one `fake`. */
  readonly needsTenant?: true;
  /** Stream labels and structured metadata may come as one set (see mixed-labels.ts). */
  readonly mixesLabels?: boolean;
  readonly signal: AbortSignal;
}

/** Sends calls; resolves to the parsed JSON, or undefined for an answer without content. */
export interface LokiConnection {
  (call: LokiCall): Promise<unknown>;
  /** Begins a WebSocket at a path, with the tenant and the credentials. */
  openSocket(path: string, parameters: Readonly<Record<string, string>>): WebSocket;
  /** The address without credentials, for messages. */
  readonly shownAddress: string;
}

// An answer of 5,000 lines has some megabytes; more than this is asked for again in smaller pages (see read-page.ts).
const maxAnswerBytes = 128 * 1024 * 1024;
// Beyond this, parameters go into a form: proxies refuse long addresses, many of them from 8 kB on.
const maxAddressLength = 4000;

const categorizeHeader = 'X-Loki-Response-Encoding-Flags';
/** Has stream labels, structured metadata and parsed labels come apart; without it they are one set. */
const categorize = { [categorizeHeader]: 'categorize-labels' };

/** Prepares a connection. Nothing is sent yet. Throws `PortError` `rejected` when the address is no http or https URL. */
export function connectToLoki(settings: LokiConnectionSettings): LokiConnection {
  const { base, shownAddress, headers } = readSettings(settings);
  const send = settings.fetch ?? fetch;
  async function call(request: LokiCall): Promise<unknown> {
    const timeout = AbortSignal.timeout(settings.timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    try {
      const response = await send(...fetchArguments(base, headers, request, signal));
      return await readAnswer(response, shownAddress);
    } catch (error) {
      request.signal.throwIfAborted();
      throw timeout.aborted
        ? failure('timeout', `Loki at ${shownAddress} did not answer within ${settings.timeoutMs} ms`, { cause: error })
        : asPortError(error, shownAddress);
    }
  }
  return Object.assign(call, {
    shownAddress,
    openSocket(path: string, parameters: Readonly<Record<string, string>>) {
      // `http` becomes `ws`, `https` becomes `wss`.
      const address = `${base.replace(/^http/, 'ws')}${path}?${new URLSearchParams(parameters)}`;
      return new WebSocket(address, { headers });
    },
  });
}

function readSettings(settings: LokiConnectionSettings): {
  base: string;
  shownAddress: string;
  headers: Record<string, string>;
} {
  const url = URL.parse(settings.url);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw failure('rejected', 'The address of Loki is no http or https URL');
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const headers: Record<string, string> = { Accept: 'application/json', ...categorize };
  if (settings.orgId !== undefined && settings.orgId !== null && settings.orgId !== '') {
    headers['X-Scope-OrgID'] = settings.orgId;
  }
  const auth = settings.auth ?? authOfUrl(url);
  if (auth !== undefined) {
    headers.Authorization = authorization(auth);
  }
  try {
    new Headers(headers);
  } catch {
    // Without the cause: the platform's error quotes the value, which may be a secret.
    throw failure('rejected', 'The tenant or the credentials for Loki hold characters that no HTTP header may hold');
  }
  return { base, shownAddress: base, headers };
}

function authOfUrl({ username, password }: URL): LokiAuth | undefined {
  if (username === '') {
    return undefined;
  }
  try {
    return { kind: 'basic', user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    // A percent sign that was meant as it stands.
    return { kind: 'basic', user: username, password };
  }
}

function authorization(auth: LokiAuth): string {
  return auth.kind === 'bearer'
    ? `Bearer ${auth.token}`
    : `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
}

function fetchArguments(
  base: string,
  givenHeaders: Readonly<Record<string, string>>,
  call: LokiCall,
  signal: AbortSignal
): [string, RequestInit] {
  const address = `${base}${call.path}`;
  const headers: Record<string, string> = {
    ...(call.needsTenant === true ? { 'X-Scope-OrgID': 'fake' } : {}),
    ...givenHeaders,
  };
  if (call.mixesLabels === true) {
    delete headers[categorizeHeader];
  }
  // A redirect could carry the credentials to another host.
  const init = { headers, signal, redirect: 'manual' } as const;
  if (call.body !== undefined) {
    return [
      address,
      { ...init, method: 'POST', body: call.body, headers: { ...headers, 'Content-Type': 'application/json' } },
    ];
  }
  const form = new URLSearchParams(call.parameters);
  const inAddress = form.size === 0 ? address : `${address}?${form}`;
  if (call.method === 'POST' || inAddress.length > maxAddressLength) {
    return [address, { ...init, method: 'POST', body: form }];
  }
  return [inAddress, init];
}

async function readAnswer(response: Response, address: string): Promise<unknown> {
  if (!response.ok) {
    throw await refusal(response, address);
  }
  const text = await readText(response, address);
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = text.trimStart().startsWith('<') ? 'an HTML page' : 'text that is no JSON';
    throw failure('invalid-answer', `Loki at ${address} answered with ${what}; is this the address of a Loki?`, {
      cause: error,
    });
  }
}

async function readText(response: Response, address: string): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxAnswerBytes) {
      throw failure('rejected', `Loki at ${address}: answer too large (more than ${maxAnswerBytes} bytes)`);
    }
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join('');
}

async function refusal(response: Response, address: string): Promise<PortError> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return failure('rejected', `Loki at ${address} answered with a redirect (${status}), which is not followed`, {
      status,
    });
  }
  const text = errorText(await readText(response, address));
  const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'));
  return failure(kindOf(status), `Loki at ${address} answered ${status}${text === '' ? '' : `: ${text}`}`, {
    status,
    isRetryable: status === 408 || status === 429 || status >= 500,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function kindOf(status: number): PortError['kind'] {
  if (status === 504 || status === 408) {
    return 'timeout';
  }
  return status >= 500 ? 'unavailable' : 'rejected';
}

/** Loki's own words: plain text, or the `error` or `message` member of JSON. */
function errorText(body: string): string {
  const text = body.trim();
  if (text.startsWith('<')) {
    return '(an HTML page)';
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      const words = Reflect.get(parsed, 'error') ?? Reflect.get(parsed, 'message');
      return typeof words === 'string' ? words.slice(0, 1000) : text.slice(0, 1000);
    }
  } catch {
    // Plain text, as Loki mostly answers.
  }
  return text.slice(0, 1000);
}

function parseRetryAfter(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function asPortError(error: unknown, address: string): unknown {
  if (error instanceof PortError) {
    return error;
  }
  return failure('unavailable', `Loki at ${address} cannot be reached: ${connectionProblem(error)}`, { cause: error });
}

/** The system's code (ECONNREFUSED, ENOTFOUND ...) where there is one: fetch hides it in its error's cause. */
function connectionProblem(error: unknown): string {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  for (const cause of causes.toReversed()) {
    const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
    const code: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'code') : undefined;
    if (typeof code === 'string') {
      return code;
    }
  }
  return error instanceof Error ? error.message : String(error);
}

function failure(
  kind: PortError['kind'],
  message: string,
  facts: { cause?: unknown; status?: number; isRetryable?: boolean; retryAfterMs?: number } = {}
): PortError {
  return new PortError({ system: 'loki', kind, message, ...facts });
}
