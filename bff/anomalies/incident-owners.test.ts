import type { GetIncidentResponse, ListIncidentsResponse } from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { anIncident } from '../testing/plant-anomaly.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const web = { kind: 'team', id: 'web', name: 'web' };

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

async function openWithIncidents(...titles: readonly string[]) {
  const server = await createTestServer();
  const incidents = titles.map((title) => anIncident({ title }));
  await server.anomalies.write(server.tenantId, { incidents, events: [] });
  return { server, ids: incidents.map(({ id }) => id) };
}

async function find(server: TestServer, query: string): Promise<readonly string[]> {
  const found = await sendJson<ListIncidentsResponse>(server, 'GET', `/api/v1/incidents?${query}`);
  return found.incidents.map(({ title }) => title).sort();
}

describe('an incident', () => {
  test('is given to a team and taken back, which its history says and open pages hear of', async () => {
    const { server, ids } = await openWithIncidents('Carts fail', 'Payments fail');
    const assign = (assignee: object | null) =>
      sendJson<ListIncidentsResponse>(server, 'POST', '/api/v1/incident-assignments', { ids, assignee });
    expect((await assign(web)).incidents.map(({ assignee }) => assignee)).toEqual([web, web]);
    // So already: nothing has changed, and nothing is written down.
    expect((await assign(web)).incidents).toEqual([]);
    await sendJson(server, 'POST', '/api/v1/incident-acknowledgements', { ids: ids.slice(0, 1) });
    await assign(null);
    const { incident, history } = await sendJson<GetIncidentResponse>(server, 'GET', `/api/v1/incidents/${ids[0]}`);
    expect(incident.assignee).toBeNull();
    expect(history.map(({ kind, assignee, reason }) => [kind, assignee, reason])).toEqual([
      ['assigned', null, 'person'],
      ['acknowledged', null, 'person'],
      ['assigned', web, 'person'],
    ]);
    expect(history.every(({ by, at }) => by !== '' && at === new Date(testNowMs).toISOString())).toBe(true);
    const heard = [];
    for await (const event of server.live.follow(server.tenantId, 0, AbortSignal.timeout(1000))) {
      heard.push([event.topic, 'ids' in event && event.ids.length]);
      if (heard.length === 3) {
        break;
      }
    }
    expect(heard).toEqual([
      ['incident', 2],
      ['incident', 1],
      ['incident', 2],
    ]);
    expect(server.auditLog.records.map(({ action }) => action)).toContain('assignIncidents');
  });

  test('is found by its owner, by nobody having it, by me and by its title', async () => {
    const { server, ids } = await openWithIncidents('Carts fail', 'Payments fail', 'Search is slow');
    const give = (index: number, assignee: object) =>
      sendJson(server, 'POST', '/api/v1/incident-assignments', { ids: [ids[index]], assignee });
    await give(0, web);
    // The caller of the tests is nobody of Grafana, but has an id as everybody.
    const { actor } = server.auditLog.records.find(({ action }) => action === 'assignIncidents') ?? {};
    await give(1, { kind: 'person', id: actor?.id, name: 'Ada' });
    expect(await find(server, 'assignee=web')).toEqual(['Carts fail']);
    expect(await find(server, 'assignee=me')).toEqual(['Payments fail']);
    expect(await find(server, 'assignee=none')).toEqual(['Search is slow']);
    expect(await find(server, 'assignee=web&assignee=none')).toEqual(['Carts fail', 'Search is slow']);
    expect(await find(server, 'text=FAIL')).toEqual(['Carts fail', 'Payments fail']);
  });
});
