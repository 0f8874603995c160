import type { AnomalyEvent } from '@loghunter/contracts';
import { render, screen } from '@testing-library/react';
import React from 'react';
import { EventHeader } from './EventHeader';

const event: AnomalyEvent = {
  ...{ id: 'e1', incidentId: null, service: 'checkout', namespace: 'shop', clusterId: 'c1', title: '' },
  ...{ kind: 'errors', metric: 'errors', severity: 'critical', state: 'closed' },
  ...{ baseline: 50, observed: 400, deviationFactor: 8, evidence: 14 },
  startedAt: '2026-11-27T10:00:00.000Z',
  detectedAt: '2026-11-27T10:05:00.000Z',
  endedAt: '2026-11-27T11:00:00.000Z',
};

function wayTo(name: string): URLSearchParams {
  return new URL(screen.getByRole('link', { name }).getAttribute('href') ?? '', 'http://grafana.example').searchParams;
}

describe('the ways on from an event', () => {
  it.each(['Open cluster', 'Find root cause'])('%s leads to the time of the event, both its ends', (name) => {
    render(<EventHeader event={event} timeZone="utc" />);
    expect(wayTo(name).get('from')).toBe(event.startedAt);
    expect(wayTo(name).get('to')).toBe(event.endedAt);
  });
});
