import { redact } from '@loghunter/engine/redaction';
import { isPortError, PortError } from './errors.ts';
import type { ModelSystem } from './language-model.ts';

/** Providers' own error texts are shown up to here: they may repeat what was sent. */
const shownLength = 300;
/** No provider's wish is waited for longer than this, in milliseconds: a day. */
const maxRetryAfterMs = 86_400_000;

/** A failed call of a language model over HTTP. */
export interface ModelHttpFailure {
  readonly system: ModelSystem;
  readonly status: number;
  /** The provider's own text. */
  readonly detail: string;
  /** The header; null: there was none. */
  readonly retryAfter: string | null;
}

/** The `PortError` of an HTTP status. 408, 409, 425, 429 and all from 500 on may succeed later. */
export function toModelFailure({ system, status, detail, retryAfter }: ModelHttpFailure): PortError {
  const shown = redact(detail.replace(/\s+/g, ' ').trim()).slice(0, shownLength);
  const told = shown === '' ? `It answered ${status}` : `It answered ${status}: ${shown}`;
  if ([408, 409, 425, 429].includes(status) || status >= 500) {
    const retryAfterMs = readRetryAfterMs(retryAfter);
    const wait = retryAfterMs === null ? {} : { retryAfterMs };
    return new PortError({ system, kind: 'unavailable', status, message: told, ...wait });
  }
  return new PortError({ system, kind: status === 404 ? 'not-found' : 'rejected', status, message: told });
}

/** The `PortError` inside an error that a client library threw; undefined when there is none. */
export function findPortError(error: unknown): PortError | undefined {
  // Libraries wrap what their fetch throws, some of them twice.
  for (let inner = error, depth = 0; depth < 5; depth += 1) {
    if (isPortError(inner)) {
      return inner;
    }
    inner = inner instanceof Error ? inner.cause : undefined;
  }
  return undefined;
}

/** Milliseconds of a Retry-After header; null for none that can be read. Dates are not read: providers send seconds. */
function readRetryAfterMs(text: string | null): number | null {
  return text !== null && /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Math.min(Number(text) * 1000, maxRetryAfterMs) : null;
}
