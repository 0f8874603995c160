import type { AnomalyEventFilter, AnomalyEventRow, AnomalyStore } from '@loghunter/ports';

const pageSize = 1000;

/** Every event that is meant, by start, however many there are. */
export async function* readEvents(
  anomalies: Pick<AnomalyStore, 'listEvents'>,
  tenantId: string,
  filter: AnomalyEventFilter
): AsyncGenerator<AnomalyEventRow> {
  for (let offset = 0; ; offset += pageSize) {
    const { events } = await anomalies.listEvents(tenantId, filter, { limit: pageSize, offset, order: 'asc' });
    yield* events;
    if (events.length < pageSize) {
      return;
    }
  }
}
