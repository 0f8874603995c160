import { describe, expect, test } from 'vitest';
import { anEvent, anIncident } from '../testing/plant-anomaly.ts';
import { readShopLines } from '../testing/shop-lines.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { csvLine } from './to-csv.ts';

const minuteMs = 60_000;

async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  await readShopLines(server);
  return server;
}

async function read(server: TestServer, path: string): Promise<string> {
  const response = await server.get(path);
  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    200,
    path.includes('.csv') ? 'text/csv' : 'application/x-ndjson',
  ]);
  return response.text();
}

describe('an export', () => {
  test('of lines as CSV quotes what needs it, and leaves nothing that a spreadsheet runs', async () => {
    const lines = (await read(await createShop(), '/api/v1/exports/logs.csv')).split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('timestamp,service,namespace,level,text,labels,metadata');
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://evil.example"",""click"")",`);
    expect(lines[2]).toBe(
      '2026-10-05T10:01:00.000000000Z,shop,,error,"level=error card ""17"", was refused","{""service_name"":""shop""}",{}'
    );
  });

  test('of lines as JSON has each line as it was written, no more than asked for, and of the levels asked for', async () => {
    const server = await createShop();
    const rows = (await read(server, '/api/v1/exports/logs?level=error')).trim().split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { text: string }).text)).toEqual([
      'level=error card "17", was refused',
    ]);
    expect((await read(server, '/api/v1/exports/logs?limit=2')).trim().split('\n')).toHaveLength(2);
  });

  test('of clusters has all of them with their work, in the order of the list', async () => {
    const server = await createShop();
    const rows = (await read(server, '/api/v1/exports/clusters?sort=firstSeen&order=asc')).trim().split('\n');
    expect(rows.map((row) => JSON.parse(row) as object)).toMatchObject([
      { state: 'new', assignee: '', eventCount: 1 },
      { level: 'error', state: 'new' },
      { level: 'info', template: 'level=info all is well' },
    ]);
    const csv = await read(server, '/api/v1/exports/clusters.csv?level=info');
    expect(csv.split('\r\n')[0]).toBe(
      'id,service,namespace,level,state,assignee,eventCount,lineCount,firstSeen,lastSeen,title,template'
    );
    expect(csv.trim().split('\r\n')).toHaveLength(2);
  });

  test.each(['=1', '+1', '-1', '@A1', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A1'])(
    'as CSV has an apostrophe before %j',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
    }
  );

  test('of anomalies has those that were taken back when they are asked for, and not otherwise', async () => {
    const server = await createTestServer();
    const [standing, withdrawn] = [anEvent(), anEvent({ details: { reasons: [], isWithdrawn: true } })];
    await server.anomalies.write(server.tenantId, { incidents: [], events: [standing, withdrawn] });
    const idsOf = async (query: string) =>
      (await read(server, `/api/v1/exports/anomalies${query}`))
        .trim()
        .split('\n')
        .map((row) => (JSON.parse(row) as { id: string }).id);
    expect(await idsOf('')).toEqual([standing.id]);
    expect(await idsOf('?state=withdrawn')).toEqual([withdrawn.id]);
  });

  test('of anomalies has those of the incidents that the list shows: by acknowledgement, owner and title', async () => {
    const server = await createTestServer();
    const web = { kind: 'team', id: 'web', name: 'web' } as const;
    const incidents = [anIncident({ title: 'Carts fail' }), anIncident({ title: 'Payments fail' })];
    const [carts, payments] = incidents.map(({ id }) => id);
    const events = [anEvent({ incidentId: carts ?? '' }), anEvent({ incidentId: payments ?? '' })];
    await server.anomalies.write(server.tenantId, { incidents, events });
    await server.anomalies.assign(server.tenantId, [payments ?? ''], web);
    const by = { kind: 'user', id: '1', name: 'Ada' };
    await server.anomalies.acknowledge(server.tenantId, [payments ?? ''], { atMs: testNowMs, by });
    for (const [query, wanted] of [
      ['acknowledged=false', carts],
      ['acknowledged=true', payments],
      ['assignee=web', payments],
      ['assignee=none', carts],
      ['text=carts', carts],
    ]) {
      const rows = (await read(server, `/api/v1/exports/anomalies?${query}`)).trim().split('\n');
      expect([query, rows.map((row) => (JSON.parse(row) as { incidentId: string }).incidentId)]).toEqual([
        query,
        [wanted],
      ]);
    }
  });
});
