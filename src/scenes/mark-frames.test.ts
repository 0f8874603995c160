import { DataTopic } from '@grafana/data';
import type { AnomalyEvent, Deploy } from '@loghunter/contracts';
import { marksToFrames } from './mark-frames';

const deploy: Deploy = {
  id: 'd',
  service: 'checkout',
  namespace: '',
  version: '1.4.2',
  deployedAt: '2026-11-21T11:00:00.000Z',
  link: null,
  source: 'ci',
  createdBy: 'ci',
};

const event: AnomalyEvent = {
  id: 'e',
  incidentId: null,
  service: 'checkout',
  namespace: '',
  kind: 'spike',
  metric: 'cluster',
  clusterId: 'c',
  severity: 'high',
  state: 'closed',
  title: '8 times the usual',
  baseline: 1,
  observed: 8,
  deviationFactor: 8,
  evidence: 9,
  startedAt: '2026-11-21T11:05:00.000Z',
  detectedAt: '2026-11-21T11:06:00.000Z',
  endedAt: '2026-11-21T11:15:00.000Z',
};

function valuesOf(name: string) {
  const [frame] = marksToFrames([deploy], [event]);
  return frame?.fields.find((field) => field.name === name)?.values;
}

describe('marksToFrames', () => {
  it('is kept apart from counts', () => {
    expect(marksToFrames([deploy], [])[0]?.meta?.dataTopic).toBe(DataTopic.Annotations);
  });

  it('makes a moment of a deploy and a stretch of an anomaly', () => {
    expect(valuesOf('isRegion')).toEqual([false, true]);
    expect(valuesOf('time')).toEqual([Date.parse(deploy.deployedAt), Date.parse(event.startedAt)]);
    expect(valuesOf('title')).toEqual(['Deploy 1.4.2', 'high']);
    expect(valuesOf('text')).toEqual(['checkout', '8 times the usual']);
  });

  it('draws nothing where nothing happened', () => {
    expect(marksToFrames([], [])).toEqual([]);
  });
});
