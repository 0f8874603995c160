import type { ClusterRuleResponse, Investigation, ListClustersResponse, OwnerRule } from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

/** What open pages have heard so far, from the first event on. */
async function heard(server: TestServer): Promise<ReadonlyArray<readonly [string, readonly string[]]>> {
  const last = crypto.randomUUID();
  await server.live.announce(server.tenantId, 'job', [last]);
  const events: Array<readonly [string, readonly string[]]> = [];
  for await (const event of server.live.follow(server.tenantId, 0, new AbortController().signal)) {
    if (event.topic === 'gap' || event.ids[0] === last) {
      break;
    }
    if (event.topic !== 'job') {
      events.push([event.topic, event.ids]);
    }
  }
  return events;
}

describe('open pages hear', () => {
  test('of everything that is done with an investigation, and of a line that is taken out', async () => {
    const server = await createTestServer();
    const atMs = testNowMs - 60_000;
    await server.push({ service_name: 'shop' }, [[atMs, 'level=error cards fail']]);
    const { id } = await sendJson<Investigation>(server, 'POST', '/api/v1/investigations', { title: 'Cards fail' });
    const path = `/api/v1/investigations/${id}`;
    const told = [['investigation', [id]]];
    expect(await heard(server)).toEqual(told);
    for (const [method, part, body] of [
      ['POST', '/comments', { text: 'The pool was halved.' }],
      ['PATCH', '', { state: 'mitigated' }],
      ['PATCH', '', { title: 'Cards are refused' }],
      ['PATCH', '', { resolution: 'Rolled back' }],
    ] as const) {
      const before = (await heard(server)).length;
      await sendJson(server, method, `${path}${part}`, body);
      expect((await heard(server)).slice(before)).toEqual(told);
    }
    const pin = { labels: { service_name: 'shop' }, timestampNs: `${atMs}000000`, text: 'level=error cards fail' };
    const line = await sendJson<{ readonly id: string }>(server, 'POST', `${path}/lines`, pin);
    const before = (await heard(server)).length;
    await sendJson(server, 'DELETE', `${path}/lines/${line.id}`);
    expect((await heard(server)).slice(before)).toEqual(told);
  });

  test('of nothing when an investigation is changed to what it was', async () => {
    const server = await createTestServer();
    const { id } = await sendJson<Investigation>(server, 'POST', '/api/v1/investigations', { title: 'Cards fail' });
    const before = await heard(server);
    await sendJson(server, 'PATCH', `/api/v1/investigations/${id}`, { title: 'Cards fail', state: 'open' });
    expect(await heard(server)).toEqual(before);
  });

  test('of a cluster rule that is made or undone, with the clusters that it names', async () => {
    const server = await createTestServer();
    await server.push({ service_name: 'shop' }, [
      [testNowMs - 60_000, 'cache got hot'],
      [testNowMs - 60_000, 'cache is warm'],
    ]);
    await server.scanner.scanOnce();
    const { clusters } = await sendJson<ListClustersResponse>(server, 'GET', '/api/v1/clusters');
    const [intoId = '', otherId = ''] = clusters.map(({ id }) => id);
    const content = { kind: 'merge', clusterIds: [otherId], intoId };
    const { rule } = await sendJson<ClusterRuleResponse>(server, 'POST', '/api/v1/cluster-rules', { rule: content });
    await sendJson(server, 'DELETE', `/api/v1/cluster-rules/${rule.id}`);
    const told = ['cluster-rule', [rule.id, intoId, otherId]];
    expect(await heard(server)).toEqual([told, told]);
  });

  test('of an owner rule that is made or ended', async () => {
    const server = await createTestServer();
    const assignee = { kind: 'team', id: 'web', name: 'web' };
    const content = { label: 'team', value: 'web', assignee };
    const { id } = await sendJson<OwnerRule>(server, 'POST', '/api/v1/owner-rules', content);
    await sendJson(server, 'DELETE', `/api/v1/owner-rules/${id}`);
    expect(await heard(server)).toEqual([
      ['owner-rule', [id]],
      ['owner-rule', [id]],
    ]);
  });
});
