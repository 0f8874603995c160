import type { Notice } from '@loghunter/ports';

const minuteMs = 60_000;
/** Of no incident: every test message has the same. */
const sampleId = '00000000-0000-4000-8000-000000000000';

/** What a test message tells of: made up, and marked as a test wherever it is shown. */
export function sampleNotice(nowMs: number): Notice {
  return {
    ...{ id: sampleId, kind: 'incident-opened', dedupKey: 'test', severity: 'LOW' },
    ...{ service: 'checkout', namespace: 'shop', clusterId: null, incidentId: null },
    title: 'LogHunter can reach you here',
    lines: ['This is what the lines of a cluster will look like.'],
    count: 1,
    firstSeenAtMs: nowMs - minuteMs,
    range: { fromMs: nowMs - minuteMs, toMs: nowMs },
    ...{ query: null, suspectDeploy: null, verdict: null },
    createdAtMs: nowMs,
  };
}
