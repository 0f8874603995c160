import { PortError, type CountByLabelsRequest, type StreamCount } from '@loghunter/ports';
import { countSteps, readSelector, stepRanges } from './count-entries.ts';
import type { LokiConnection } from './loki-connection.ts';

/** Counts lines by the named labels in steps. A part of an answer is no answer: Loki says in `warnings` what it left out. */
export async function countByLabels(
  connection: LokiConnection,
  request: CountByLabelsRequest
): Promise<readonly StreamCount[]> {
  const matchers = readSelector(request.selector);
  const parts: Array<readonly StreamCount[]> = [];
  for (const part of stepRanges(request)) {
    const { answer, counts: counted } = await countSteps(connection, request, matchers, request.labelNames, part);
    const warnings = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'warnings') : undefined;
    if (Array.isArray(warnings) && warnings.length > 0) {
      const message = `Loki counted in part only: ${warnings.map(String).join('; ')}`;
      throw new PortError({ system: 'loki', kind: 'rejected', message });
    }
    parts.push(counted);
  }
  return parts.flat();
}
