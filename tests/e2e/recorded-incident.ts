// Recorded answers about one incident: what the detectors find on the real server depends on the clock.
import type { GetAnomalyEventResponse, GetIncidentResponse, ListIncidentsResponse } from '@loghunter/contracts';
import type { Page } from '@playwright/test';

export const incidentId = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
export const eventId = '7f9619ff-8b86-4011-b42d-00c04fc964ff';
export const minuteMs = 60_000;

export function at(minutesAgo: number): string {
  return new Date(Math.floor(Date.now() / minuteMs) * minuteMs - minutesAgo * minuteMs).toISOString();
}

export function recordedEvent(): GetAnomalyEventResponse['event'] {
  return {
    id: eventId,
    incidentId,
    service: 'checkout',
    namespace: 'shop',
    kind: 'errors',
    metric: 'errors',
    clusterId: null,
    severity: 'critical',
    state: 'open',
    title: 'checkout: 400 errors in 5 minutes where 50 are usual',
    baseline: 50,
    observed: 400,
    deviationFactor: 8,
    evidence: 14,
    startedAt: at(30),
    detectedAt: at(27),
    endedAt: null,
  };
}

export function recordedIncident(
  change: Partial<GetIncidentResponse['incident']> = {}
): GetIncidentResponse['incident'] {
  return {
    id: incidentId,
    title: 'checkout: errors 8 times the usual',
    severity: 'critical',
    state: 'open',
    startedAt: at(30),
    endedAt: null,
    services: ['checkout'],
    kinds: ['errors'],
    eventCount: 1,
    acknowledged: null,
    assignee: null,
    ...change,
  };
}

function recordedSeries(): GetAnomalyEventResponse['series'] {
  const steps = Array.from({ length: 120 }, (_, step) => step);
  return {
    metric: 'errors',
    start: at(120),
    stepMs: minuteMs,
    observed: steps.map((step) => (step === 40 ? null : step < 90 ? 10 : 80)),
    expected: steps.map(() => 10),
    low: steps.map(() => 4),
    high: steps.map(() => 18),
  };
}

export async function recordList(page: Page, incidents: ListIncidentsResponse['incidents']): Promise<void> {
  const answer: ListIncidentsResponse = {
    range: { from: at(1440), to: at(0) },
    incidents,
    totalCount: incidents.length,
    openCount: incidents.filter(({ state }) => state === 'open').length,
    detection: { state: 'watching', detail: '', learnedFrom: at(20_000), detectedUpTo: at(2), seriesCount: 12 },
  };
  await page.route('**/bff/api/v1/incidents?*', (route) => route.fulfill({ json: answer }));
}

/** The page of that one incident. */
export async function recordIncident(page: Page): Promise<void> {
  const answer: GetIncidentResponse = {
    incident: recordedIncident(),
    events: [recordedEvent()],
    deploys: [],
    history: [],
  };
  await page.route(`**/bff/api/v1/incidents/${incidentId}`, (route) => route.fulfill({ json: answer }));
}

export function eventAnswer(): GetAnomalyEventResponse {
  return {
    event: recordedEvent(),
    series: recordedSeries(),
    reasons: ['400 errors came where 50 were expected.'],
    clusters: [],
    labels: [],
    lines: [],
    query: { expression: '{service_name="checkout"}', range: { from: at(120), to: at(0) }, isExact: true },
    deploys: [
      {
        id: incidentId,
        service: 'checkout',
        namespace: 'shop',
        version: 'v2',
        deployedAt: at(40),
        link: null,
        source: 'ci',
        createdBy: 'ci',
      },
    ],
    feedback: [],
  };
}
