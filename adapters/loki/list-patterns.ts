import { isPortError, PortError, type DiscoveryRequest, type LogPattern } from '@loghunter/ports';
import type { LokiConnection } from './loki-connection.ts';

/** Patterns that Loki has found and kept itself (`/loki/api/v1/patterns`, since 3.0); see `LogStore.listPatterns`. */
export async function listPatterns(
  connection: LokiConnection,
  request: DiscoveryRequest & { readonly selector: string }
): Promise<readonly LogPattern[]> {
  const parameters = { query: request.selector, start: String(request.fromNs), end: String(request.toNs), step: '60s' };
  try {
    return readPatterns(await connection({ path: '/loki/api/v1/patterns', parameters, signal: request.signal }));
  } catch (error) {
    if (isPortError(error) && error.status === 404) {
      const message = 'This Loki finds no patterns: set pattern_ingester.enabled to true';
      throw new PortError({ system: 'loki', kind: 'not-supported', message, cause: error });
    }
    throw error;
  }
}

function readPatterns(answer: unknown): readonly LogPattern[] {
  const data = memberOf(answer, 'data') ?? [];
  if (!Array.isArray(data)) {
    throw new PortError({
      system: 'loki',
      kind: 'invalid-answer',
      message: "Loki's answer cannot be read: no patterns",
    });
  }
  const patterns = data.flatMap((row: unknown) => {
    const text = memberOf(row, 'pattern');
    const samples = memberOf(row, 'samples');
    return typeof text === 'string' && Array.isArray(samples) ? [{ text, samples: samples.flatMap(readSample) }] : [];
  });
  // One row for each level and series of a pattern.
  return [...Map.groupBy(patterns, ({ text }) => text)].flatMap(([text, rows]) => {
    const samples = rows.flatMap((row) => row.samples).filter(({ lineCount }) => lineCount > 0);
    const timesMs = samples.map(({ atMs }) => atMs);
    return samples.length === 0
      ? []
      : [
          {
            text,
            lineCount: samples.reduce((sum, { lineCount }) => sum + lineCount, 0),
            firstMs: timesMs.reduce((first, atMs) => Math.min(first, atMs), Number.POSITIVE_INFINITY),
            lastMs: timesMs.reduce((last, atMs) => Math.max(last, atMs), 0),
          },
        ];
  });
}

function readSample(sample: unknown): ReadonlyArray<{ readonly atMs: number; readonly lineCount: number }> {
  const [seconds, count]: readonly unknown[] = Array.isArray(sample) ? sample : [];
  return typeof seconds === 'number' && typeof count === 'number' ? [{ atMs: seconds * 1000, lineCount: count }] : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
