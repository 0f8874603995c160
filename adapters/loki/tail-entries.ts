import type { TailBatch } from '@loghunter/ports';
import { PortError } from '@loghunter/ports';
import { decodeEntries } from './decode-answer.ts';
import type { LokiConnection } from './loki-connection.ts';

/** Batches that wait for a slow reader; more than these, and the oldest go. */
const maxWaiting = 100;
/** Entries of the past that Loki would send first; the reader reads them itself. */
const pastEntries = 1;

/** Entries of a query as Loki takes them, over its WebSocket; see `LogStore.tailEntries`. */
export async function* tailEntries(
  connection: LokiConnection,
  { query, signal }: { readonly query: string; readonly signal: AbortSignal }
): AsyncGenerator<TailBatch> {
  const startNs = String(BigInt(Date.now()) * 1_000_000n);
  const socket = connection.openSocket('/loki/api/v1/tail', { query, start: startNs, limit: String(pastEntries) });
  const waiting: TailBatch[] = [];
  let failure: unknown;
  let bell = Promise.withResolvers<void>();
  let isIncomplete = false;
  function put(batch: TailBatch): void {
    waiting.push(batch);
    if (waiting.length > maxWaiting) {
      waiting.shift();
      isIncomplete = true;
    }
    bell.resolve();
  }
  function end(reason: string): void {
    const message = `Loki at ${connection.shownAddress} ended a tail${reason === '' ? '' : `: ${reason}`}`;
    failure ??= new PortError({ system: 'loki', kind: 'unavailable', message, isRetryable: true });
    bell.resolve();
  }
  socket.addEventListener('open', () => put({ entries: [], isIncomplete: false }));
  socket.addEventListener('message', ({ data }) => {
    try {
      put(readMessage(String(data)));
    } catch (error) {
      failure ??= error;
      bell.resolve();
    }
  });
  socket.addEventListener('error', () => end('the connection failed'));
  socket.addEventListener('close', ({ reason }) => end(reason));
  const stop = () => bell.resolve();
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      const batch = waiting.shift();
      if (batch !== undefined) {
        yield isIncomplete ? { ...batch, isIncomplete } : batch;
        isIncomplete = false;
      } else if (failure !== undefined) {
        throw failure;
      } else {
        await bell.promise;
        bell = Promise.withResolvers();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    socket.close();
  }
}

function readMessage(text: string): TailBatch {
  const message: unknown = JSON.parse(text);
  const part = (name: string): unknown =>
    typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
  const dropped = part('dropped_entries');
  return {
    entries: decodeEntries({ data: { resultType: 'streams', result: part('streams') ?? [] } }),
    isIncomplete: Array.isArray(dropped) && dropped.length > 0,
  };
}
