import { isPortError } from '@loghunter/ports';
import type { DetectionContext } from './detection-context.ts';

const batchSize = 200;

/**
 * Gives the log store the lines that it does not have. A process that dies between the push and the mark has them pushed again by the
 * next: the same lines at the same nanoseconds, which the log store keeps once. Lines that the store refuses are not tried again.
 * Returns whether none waits any more.
 */
export async function pushLines(context: DetectionContext): Promise<boolean> {
  const { logs, detection, tenantId, signal, observeFailure, logger } = context;
  if (logs === null) {
    return true;
  }
  const lines = await detection.listWaitingLines(tenantId, batchSize);
  if (lines.length === 0) {
    return true;
  }
  const streams = Map.groupBy(lines, ({ labels }) => JSON.stringify(Object.entries(labels).toSorted()));
  try {
    await logs.push(
      [...streams.values()].map((own) => ({
        labels: own[0]?.labels ?? {},
        entries: own.map(({ timestampNs, line }) => ({ timestampNs, line, metadata: {} })),
      })),
      signal
    );
  } catch (error) {
    observeFailure(error);
    if (!isPortError(error) || error.kind !== 'rejected') {
      logger.warn({ err: error }, 'lines about anomalies wait for the log store');
      return false;
    }
    logger.warn({ err: error, lineCount: lines.length }, 'the log store refuses lines about anomalies');
  }
  await detection.markPushed(
    tenantId,
    lines.map(({ id }) => id)
  );
  return lines.length < batchSize;
}
