import { PortError } from '@loghunter/ports';
import type { Annotation, AnnotationBoard, PortErrorKind, StoredAnnotation } from '@loghunter/ports';
import { readLimited } from './read-limited.ts';

/** How to reach Grafana's annotations. */
export interface AnnotationOptions {
  /** Grafana's base address, without a final slash; it may hold a path. */
  readonly url: string;
  /** Of a service account that may write annotations: the role Editor, in Grafana without roles of its own. */
  readonly token: string;
  /** Limit of a whole answer. Default: 10 s: nobody waits for it. */
  readonly timeoutMs?: number;
}

const maxFound = 100;
/** A hundred annotations with long texts; a larger answer comes from something else. */
const maxAnswerBytes = 4 * 1024 * 1024;

/** Annotations over Grafana's HTTP API. */
export function connectAnnotations({ url, token, timeoutMs = 10_000 }: AnnotationOptions): AnnotationBoard {
  const address = `${url}/api/annotations`;
  async function call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<unknown> {
    try {
      const response = await fetch(`${address}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // The token is for this address and no other.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw refusal(address, response.status);
      }
      return JSON.parse(
        await readLimited(response, maxAnswerBytes, (reason) => failure('invalid-answer', address, reason))
      );
    } catch (error) {
      throw toPortError(error, address);
    }
  }
  return {
    async create(annotation) {
      const answer = await call('POST', '', { time: annotation.fromMs, ...toBody(annotation) });
      const id = isRecord(answer) ? answer['id'] : undefined;
      if (typeof id !== 'number') {
        throw failure('invalid-answer', address, 'the answer names no annotation');
      }
      return { id };
    },
    async change(id, annotation) {
      await call('PATCH', `/${id}`, { time: annotation.fromMs, ...toBody(annotation) });
    },
    async find(tags, { fromMs, toMs }) {
      const search = new URLSearchParams({
        ...{ from: String(fromMs), to: String(toMs), limit: String(maxFound), type: 'annotation' },
      });
      tags.forEach((tag) => search.append('tags', tag));
      const answer = await call('GET', `?${search.toString()}`);
      if (!Array.isArray(answer)) {
        throw failure('invalid-answer', address, 'the answer is no list');
      }
      return answer.flatMap(readAnnotation);
    },
  };
}

function toBody({ toMs, tags, text }: Annotation) {
  return { ...(toMs === null ? {} : { timeEnd: toMs }), tags: [...tags], text };
}

// Grafana ends a moment where it began.
function readAnnotation(value: unknown): readonly StoredAnnotation[] {
  if (!isRecord(value) || typeof value['id'] !== 'number' || typeof value['time'] !== 'number') {
    return [];
  }
  const { id, time, timeEnd, tags, text } = value;
  return [
    {
      id,
      fromMs: time,
      toMs: typeof timeEnd === 'number' && timeEnd > time ? timeEnd : null,
      tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
      text: typeof text === 'string' ? text : '',
    },
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(address: string, status: number): PortError {
  const kind = status === 404 ? 'not-found' : status >= 500 || status === 429 ? 'unavailable' : 'rejected';
  return failure(kind, address, `it answered ${status}`, { status });
}

function toPortError(error: unknown, address: string): PortError {
  if (error instanceof PortError) {
    return error;
  }
  if (error instanceof SyntaxError) {
    return failure('invalid-answer', address, 'the answer is no JSON', { cause: error });
  }
  const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const reason = isTimeout ? 'it did not answer in time' : cause;
  return failure(isTimeout ? 'timeout' : 'unavailable', address, reason, { cause: error });
}

function failure(
  kind: PortErrorKind,
  address: string,
  reason: string,
  more: { readonly status?: number; readonly cause?: unknown } = {}
): PortError {
  return new PortError({
    ...{ system: 'grafana', kind, message: `Grafana's annotations at ${address}: ${reason}` },
    ...more,
  });
}
