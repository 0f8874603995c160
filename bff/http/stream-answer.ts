import type { Route } from '@loghunter/contracts';

const headers: Readonly<Record<string, string>> = { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

// Proxies cut connections on which nothing is sent for a while.
const pingMs = 15_000;

/** What a stream tells of its end. */
interface StreamEnds {
  /** The client went away. */
  readonly cancel: () => void;
  /** The values ended with an error. */
  readonly fail: (error: unknown) => void;
}

/** Waits for the first value, and throws what reading it throws. */
export async function begin<T>(values: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = values[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  })();
}

/** Sends values as they come; what a failure says is for `ends` alone: the status has gone out before, and the adapter prints what it is given. */
export function streamAnswer(
  contentType: NonNullable<Route['produces']>,
  values: AsyncIterable<unknown>,
  ends: StreamEnds
): Response {
  const isEvents = contentType === 'text/event-stream';
  const encoder = new TextEncoder();
  const iterator = values[Symbol.asyncIterator]();
  let ping: NodeJS.Timeout | undefined;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (isEvents) {
        ping = setInterval(() => controller.enqueue(encoder.encode(': ping\n\n')), pingMs);
      }
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (done === true) {
          clearInterval(ping);
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(writeValue(contentType, value)));
      } catch (error) {
        clearInterval(ping);
        if (!isCancelled) {
          ends.fail(error);
          controller.error(new Error('The stream broke off: the log says why.'));
        }
      }
    },
    async cancel() {
      clearInterval(ping);
      isCancelled = true;
      // What waits for its next value ends first.
      ends.cancel();
      await iterator.return?.();
    },
  });
  return new Response(body, { status: 200, headers: { ...headers, 'Content-Type': contentType } });
}

// Clients send it back as Last-Event-ID when they connect again.
function idLineOf(value: unknown): string {
  const position = typeof value === 'object' && value !== null && 'position' in value ? value.position : undefined;
  return typeof position === 'string' ? `id: ${position}\n` : '';
}

function writeValue(contentType: NonNullable<Route['produces']>, value: unknown): string {
  switch (contentType) {
    case 'text/csv':
      return `${String(value)}\r\n`;
    case 'application/octet-stream':
      return String(value);
    case 'application/x-ndjson':
      return `${JSON.stringify(value)}\n`;
    case 'text/event-stream':
      return `${idLineOf(value)}data: ${JSON.stringify(value)}\n\n`;
  }
}
