// The HTTP side of Tempo, Jaeger and Prometheus: sends a question, answers with JSON, turns every failure into a PortError.
import { PortError, type PortErrorKind } from '@loghunter/ports';

/** How to reach one of them. */
export interface TelemetryConnectionSettings {
  /** Base address, without a final slash; it may hold a path, such as that of a Grafana data-source proxy. */
  readonly url: string;
  /** Sent as X-Scope-OrgID; null: no header. */
  readonly orgId: string | null;
  /** Sent as a bearer token; null: none. */
  readonly token: string | null;
  /** Limit of a whole answer. */
  readonly timeoutMs: number;
}

/** One question. */
export interface TelemetryCall {
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** `form`: parameters go into the body of a POST, for long queries. */
  readonly method?: 'GET' | 'form';
  readonly signal: AbortSignal;
}

/** Resolves to the parsed JSON; null for status 404. Throws `PortError`. */
export type TelemetryConnection = (call: TelemetryCall) => Promise<unknown>;

type System = 'tempo' | 'jaeger' | 'prometheus';

const names: Readonly<Record<System, string>> = { tempo: 'Tempo', jaeger: 'Jaeger', prometheus: 'Prometheus' };
/** Some hundred traces of a hundred spans each. */
const maxAnswerBytes = 32 * 1024 * 1024;
const maxErrorLength = 300;

/** Prepares a connection. Nothing is sent yet. */
export function connectTelemetry(system: System, settings: TelemetryConnectionSettings): TelemetryConnection {
  const { url, orgId, token, timeoutMs } = settings;
  const who = `${names[system]} at ${url}`;
  const headers = {
    Accept: 'application/json',
    ...(orgId === null ? {} : { 'X-Scope-OrgID': orgId }),
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
  };
  function fail(kind: PortErrorKind, message: string, facts: { status?: number; cause?: unknown } = {}): PortError {
    return new PortError({ system, kind, message: `${who} ${message}`, ...facts });
  }
  return async function call({ path, parameters = {}, method = 'GET', signal }) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const form = new URLSearchParams(parameters);
    const address = `${url}${path}${method === 'GET' && form.size > 0 ? `?${form}` : ''}`;
    try {
      const response = await fetch(address, {
        ...{ headers, signal: AbortSignal.any([signal, timeout]) },
        // A redirect could carry the token to another host.
        redirect: 'manual',
        ...(method === 'form' ? { method: 'POST', body: form } : {}),
      });
      const text = await readText(response, () => fail('rejected', `gave more than ${maxAnswerBytes} bytes`));
      if (response.status === 404) {
        return null;
      }
      if (!response.ok) {
        throw fail(kindOf(response.status), `answered ${response.status}${describe(text)}`, {
          status: response.status,
        });
      }
      return parse(text, () =>
        fail('invalid-answer', 'answered with something that is no JSON; is the address right?')
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PortError) {
        throw error;
      }
      throw timeout.aborted
        ? fail('timeout', `did not answer within ${timeoutMs} ms`, { cause: error })
        : fail('unavailable', 'cannot be reached', { cause: error });
    }
  };
}

async function readText(response: Response, tooLarge: () => PortError): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxAnswerBytes) {
      throw tooLarge();
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string, broken: () => PortError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken();
  }
}

function kindOf(status: number): PortErrorKind {
  if (status === 408 || status === 504) {
    return 'timeout';
  }
  return status >= 500 || status === 429 ? 'unavailable' : 'rejected';
}

/** The system's own words, where they are words. */
function describe(text: string): string {
  const words = text.trim();
  return words === '' || words.startsWith('<') ? '' : `: ${words.slice(0, maxErrorLength)}`;
}

/** A value as an object with members; an empty one for anything else, so that what is missing is missing. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A value as a list; an empty one for anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as a text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
