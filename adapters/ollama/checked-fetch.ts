import { PortError, toModelFailure } from '@loghunter/ports';

const system = 'ollama';
/** As much of an error's text as is read. */
const maxErrorBytes = 10_000;

/**
 * Puts a signal into every call, and fails on error answers and on lines that are no JSON before the library sees them: it would
 * print them, with whatever a model or a proxy has written, to this process's own log.
 */
export function checkedFetch(fetch: typeof globalThis.fetch, signal: AbortSignal): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const signals = init.signal === undefined || init.signal === null ? [signal] : [signal, init.signal];
    const answer = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    if (!answer.ok) {
      throw toModelFailure({
        ...{ system, status: answer.status, retryAfter: answer.headers.get('retry-after') },
        detail: errorText(await answer.text()),
      });
    }
    const isStream = answer.headers.get('content-type')?.startsWith('application/x-ndjson') === true;
    return isStream && answer.body !== null
      ? new Response(answer.body.pipeThrough(checkLines()), { headers: answer.headers })
      : answer;
  };
}

function errorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body.slice(0, maxErrorBytes));
    const isTold = typeof parsed === 'object' && parsed !== null && 'error' in parsed;
    return isTold && typeof parsed.error === 'string' ? parsed.error : '';
  } catch {
    return '';
  }
}

function checkLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = '';
  function check(line: string): string {
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch (error) {
      const message = 'A line of its answer is no JSON';
      throw new PortError({ system, kind: 'invalid-answer', message, cause: error });
    }
    const isPart = typeof parsed === 'object' && parsed !== null && ('message' in parsed || 'error' in parsed);
    if (!isPart) {
      throw new PortError({ system, kind: 'invalid-answer', message: 'A line of its answer is no part of an answer' });
    }
    return `${line}\n`;
  }
  return new TransformStream({
    transform(chunk, controller) {
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      const checked = lines.filter((line) => line.trim() !== '').map(check);
      if (checked.length > 0) {
        controller.enqueue(encoder.encode(checked.join('')));
      }
    },
    flush(controller) {
      // What stands there when the connection ended is a whole line, or the answer was cut inside it.
      if (rest.trim() === '') {
        return;
      }
      try {
        controller.enqueue(encoder.encode(check(rest)));
      } catch (error) {
        const message = 'The answer was cut off before its end';
        controller.error(new PortError({ system, kind: 'unavailable', message, cause: error }));
      }
    },
  });
}
