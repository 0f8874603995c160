import type { DeliveryRow } from '@loghunter/ports';
import { startJob, type JobStartParts } from '../jobs/start-job.ts';

/** Name of the kind of job that sends a delivery. */
export const deliveryJobKind = 'notice-delivery';

/** Puts the delivery into the queue, in the unit of work around the call: the one is not there without the other. */
export async function startDelivery(
  parts: JobStartParts,
  tenantId: string,
  delivery: DeliveryRow,
  { nowMs, requestId }: { readonly nowMs: number; readonly requestId: string }
): Promise<void> {
  await startJob(
    parts,
    tenantId,
    {
      kind: deliveryJobKind,
      input: { deliveryId: delivery.id },
      actor: { kind: 'installation', id: 'notifications', name: 'notifications' },
      requestId,
      webhookId: null,
    },
    Math.max(0, Math.ceil((delivery.dueAtMs - nowMs) / 1000))
  );
}
