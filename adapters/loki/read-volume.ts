import { compileMatcher, parseQuery } from '@loghunter/engine/logql';
import type { DiscoveryRequest } from '@loghunter/ports';
import { PortError } from '@loghunter/ports';

import { decodeSeries } from './decode-answer.ts';
import type { LokiConnection } from './loki-connection.ts';

/**
 * Bytes of the streams that match the selector, lines in the ingesters included. The answer by label names has one number for all streams
 * that have a label; every matched stream has the label of a matcher that does not match the empty value.
 */
export async function readVolume(
  connection: LokiConnection,
  request: DiscoveryRequest & { readonly selector: string }
): Promise<number> {
  const answer = await connection({
    path: '/loki/api/v1/index/volume',
    parameters: {
      query: request.selector,
      start: String(request.fromNs),
      end: String(request.toNs),
      aggregateBy: 'labels',
      targetLabels: requiredLabel(request.selector),
      limit: '1',
    },
    signal: request.signal,
  });
  return decodeSeries(answer, 'vector').reduce((sum, { points }) => sum + (points[0]?.[1] ?? 0), 0);
}

function requiredLabel(text: string): string {
  const parsed = parseQuery(text);
  const matchers = parsed.kind === 'query' && parsed.query.kind === 'log' ? parsed.query.matchers : [];
  const required = matchers.find((matcher) => !compileMatcher(matcher)(''));
  if (required === undefined) {
    throw new PortError({ system: 'loki', kind: 'rejected', message: `'${text}' is no selector that Loki answers` });
  }
  return required.name;
}
