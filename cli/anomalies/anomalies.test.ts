import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnomalyEvent, GetCoverageResponse } from '@loghunter/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runAnomalies } from './run-anomalies.ts';

const event: AnomalyEvent = {
  ...{ id: '5d1c1f0a-8d1b-4b5e-9d3e-000000000001', incidentId: null, service: 'cart', namespace: '', kind: 'spike' },
  ...{
    metric: 'volume',
    clusterId: null,
    severity: 'high',
    state: 'open',
    title: 'cart logs 20 times as\u001b[31m usual',
  },
  ...{ baseline: 50, observed: 1000, deviationFactor: 20, evidence: 40, startedAt: '2026-10-05T12:10:00.000Z' },
  ...{ detectedAt: '2026-10-05T12:12:00.000Z', endedAt: null },
};
const coverage: GetCoverageResponse = {
  range: { from: '2026-10-05T10:00:00.000Z', to: '2026-10-05T12:00:00.000Z' },
  ...{ seenLineCount: 60, clusteredLineCount: 40, unclusteredLineCount: 0, unreadLineCount: 20, lateLineCount: 0 },
  ...{ estimatedLineCount: 0, readFrom: '2026-10-01T00:00:00.000Z', readUpTo: '2026-10-05T12:00:00.000Z', watches: [] },
};
let events: AnomalyEvent[] = [];
let asked: URL[] = [];
let server: Server;
let url = '';
let written = '';
let said = '';

beforeEach(async () => {
  events = [event];
  asked = [];
  written = '';
  said = '';
  server = createServer((request, response) => {
    const address = new URL(request.url ?? '', 'http://localhost');
    if (address.pathname === '/api/v1/coverage') {
      response.end(JSON.stringify(coverage));
      return;
    }
    asked.push(address);
    const offset = Number(address.searchParams.get('offset') ?? 0);
    response.end(
      JSON.stringify({ events: events.slice(offset, offset + 1), totalCount: events.length, detection: { detail: '' } })
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

test('events are one line each, page after page, and make the command end with 1', async () => {
  events = [event, { ...event, endedAt: '2026-10-05T12:40:00.000Z', severity: 'critical' }];
  const code = await runAnomalies({ server: url, since: '2h', severity: 'high', service: ['cart'] });
  expect(code).toBe(1);
  const lines = written.split('\n');
  expect(lines[0]).toMatch(/^2026-10-05 12:10 {2}HIGH {6}spike {4}goes on {6}cart logs 20 times as/);
  expect(lines[0]).not.toContain('\u001b');
  expect(lines[1]).toContain('until 12:40');
  expect(asked[0]?.searchParams.getAll('severity')).toEqual(['high', 'critical']);
  expect(asked[0]?.searchParams.getAll('service')).toEqual(['cart']);
  expect(asked).toHaveLength(2);
  expect(said).toBe('loghunter: rests on 40 of 60 lines; 20 were counted and not read\n');
});

test('as JSON they are documents, and nothing found ends with 0', async () => {
  await runAnomalies({ server: url, since: '2h', severity: 'low', json: true });
  expect(JSON.parse(written)).toEqual(event);
  events = [];
  expect(await runAnomalies({ server: url, since: '2h', severity: 'low' })).toBe(0);
});

test('a server that does not answer is one line and an exit code', async () => {
  const asking = runAnomalies({ server: 'http://127.0.0.1:9', since: '2h', severity: 'low' });
  await expect(asking).rejects.toMatchObject({ exitCode: 3 });
});
