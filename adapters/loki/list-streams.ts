import type { Labels } from '@loghunter/engine/records';
import type { DiscoveryRequest } from '@loghunter/ports';

import { decodeLabelSets } from './decode-answer.ts';
import type { LokiConnection } from './loki-connection.ts';

/** Label sets of the streams that match the selector in the range; Loki may add some from shortly before and after. */
export async function listStreams(
  connection: LokiConnection,
  request: DiscoveryRequest & { readonly selector: string }
): Promise<readonly Labels[]> {
  const parameters = { 'match[]': request.selector, start: String(request.fromNs), end: String(request.toNs) };
  return decodeLabelSets(
    await connection({ method: 'POST', path: '/loki/api/v1/series', parameters, signal: request.signal })
  );
}
