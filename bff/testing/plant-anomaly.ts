// What the detectors make and no route does.
import type { AnomalyEventRow, IncidentRow, SuppressionRow } from '@loghunter/ports';
import { testNowMs, type TestServer } from './test-server.ts';

const startedAtMs = testNowMs - 600_000;

/** An event of a spike that goes on, with the given differences. */
export function anEvent(changes: Partial<AnomalyEventRow> = {}): AnomalyEventRow {
  return {
    ...{ id: crypto.randomUUID(), incidentId: null, suppressionId: null, seriesKey: 'service:["","shop"]' },
    ...{ service: 'shop', namespace: '', clusterId: null, kind: 'spike', metric: 'volume', severity: 3 },
    ...{ title: 'shop wrote 10 times as many lines as usual', baseline: 20, observed: 200, deviationFactor: 10 },
    ...{ evidence: 12.5, startedAtMs, detectedAtMs: startedAtMs + 120_000, endedAtMs: null, isNotified: true },
    details: { reasons: ['200 lines in 2 minutes, where 20 were expected'] },
    ...changes,
  };
}

/** The incident of one such event. */
export function anIncident(changes: Partial<IncidentRow> = {}): IncidentRow {
  return {
    ...{ id: crypto.randomUUID(), title: 'shop wrote 10 times as many lines as usual', severity: 3 },
    ...{ services: ['shop'], kinds: ['spike'], eventCount: 1, startedAtMs, lastEventAtMs: startedAtMs },
    ...{ endedAtMs: null, isWithdrawn: false, acknowledged: null, assignee: null },
    ...changes,
  };
}

/** A suppression of spikes of the shop. */
export function aSuppression(): Omit<SuppressionRow, 'id' | 'createdAtMs' | 'heldBackCount'> {
  return {
    ...{ service: 'shop', namespace: '', kind: 'spike', clusterId: null, reason: 'known', eventId: null },
    createdBy: { kind: 'user', id: 'user:1', name: 'Ada' },
    // By the database's clock, which the test does not hold.
    expiresAtMs: Date.now() + 86_400_000,
  };
}

/** Makes one thing of the kind that a path begins with and returns its id; null for other paths. */
export async function plantAnomaly({ anomalies, tenantId }: TestServer, kind: string): Promise<string | null> {
  if (kind === 'anomaly-suppressions') {
    return (await anomalies.createSuppression(tenantId, aSuppression())).id;
  }
  if (kind !== 'incidents' && kind !== 'anomaly-events') {
    return null;
  }
  const incident = anIncident();
  const event = anEvent({ incidentId: incident.id });
  await anomalies.write(tenantId, { incidents: [incident], events: [event] });
  return kind === 'incidents' ? incident.id : event.id;
}
