import { PortError } from '@loghunter/ports';
import type { PortErrorKind, PublicKey, SigningKeys } from '@loghunter/ports';
import { readLimited } from './read-limited.ts';

/** How to reach Grafana, and for how long to wait. */
export interface SigningKeysOptions {
  /** Grafana's base address, without a final slash; it may hold a path. */
  readonly url: string;
  /** Limit of the whole answer. Default: 3 s: a request of a user waits for it. */
  readonly timeoutMs?: number;
}

/** Two keys at a time are usual, some 300 bytes each; a larger answer comes from something else. */
const maxAnswerBytes = 64 * 1024;

/** Grafana's public keys, at `/api/signing-keys/keys`; needs no login there. */
export function connectSigningKeys({ url, timeoutMs = 3000 }: SigningKeysOptions): SigningKeys {
  const address = `${url}/api/signing-keys/keys`;
  return {
    async fetchKeys() {
      let text: string;
      try {
        // An answer from another place would be another's keys.
        const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
        if (!response.ok) {
          await response.body?.cancel();
          throw failure('rejected', address, `it answered ${response.status}`);
        }
        text = await readLimited(response, maxAnswerBytes, (reason) => failure('invalid-answer', address, reason));
      } catch (error) {
        throw toPortError(error, address);
      }
      return readKeys(text, address);
    },
  };
}

function readKeys(text: string, address: string): readonly PublicKey[] {
  const parsed = parse(text);
  const keys = isRecord(parsed) ? parsed['keys'] : undefined;
  if (!Array.isArray(keys)) {
    throw failure('invalid-answer', address, 'the answer is no set of keys');
  }
  return keys.filter(isRecord);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is PublicKey {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toPortError(error: unknown, address: string): PortError {
  if (error instanceof PortError) {
    return error;
  }
  const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return failure(
    isTimeout ? 'timeout' : 'unavailable',
    address,
    isTimeout ? 'it did not answer in time' : cause,
    error
  );
}

function failure(kind: PortErrorKind, address: string, reason: string, cause?: unknown): PortError {
  const message = `Grafana's keys cannot be read from ${address}: ${reason}`;
  return new PortError({ system: 'grafana', kind, message, cause });
}
