import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createNotificationScene,
  type NotificationScene,
  type ReceivedRequest,
} from '../testing/notification-scene.ts';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { deliveryJobKind } from './start-delivery.ts';

const webhook = { kind: 'webhook', url: 'https://hook.example/' };
const pagerDuty = { kind: 'pagerduty', secretRoutingKey: 'R0123456789ABCDEF0123456789ABCDE' };

// The first test is not to wait for the database of all.
beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

/** Decides and sends what is due. */
async function tell(scene: NotificationScene): Promise<void> {
  await scene.dispatch();
  await scene.deliver();
}

function firstOf({ received }: NotificationScene): ReceivedRequest {
  const [first] = received;
  if (first === undefined) {
    throw new TypeError('nothing was received');
  }
  return first;
}

describe('a notice', () => {
  test('is one signed message to a channel, with its lines, links and figures, and told once only', async () => {
    const scene = await createNotificationScene();
    const { secret } = (await scene.call('POST', 'channels', { name: 'hook', target: webhook })) as { secret: string };
    const incidentId = crypto.randomUUID();
    await scene.notice({ incidentId });
    await tell(scene);
    await tell(scene);
    expect(scene.received).toHaveLength(1);
    const { headers, body = '', json } = firstOf(scene);
    expect(json).toMatchObject({
      type: 'incident-opened',
      data: {
        notices: [
          {
            ...{ severity: 'HIGH', service: 'checkout', count: 240, suspectDeploy: 'checkout v2.41.0', incidentId },
            links: [
              { label: 'Incident', url: `https://grafana.example/a/loghunter-app/anomalies/incidents/${incidentId}` },
              { label: 'Explore' },
            ],
          },
        ],
      },
    });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(await scene.listDeliveries()).toMatchObject([
      { status: 'delivered', attemptCount: 1, reason: null, id: headers['webhook-id'] },
    ]);
  });

  test('joins what opened shortly before, and what comes later is another message', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook);
    await scene.notice();
    await scene.dispatch();
    await scene.notice({ severity: 'CRITICAL', title: 'cart is silent' });
    await scene.dispatch();
    await scene.deliver();
    await scene.notice();
    await tell(scene);
    expect(scene.received.map(({ json }) => (json['data'] as { notices: unknown[] }).notices.length)).toEqual([2, 1]);
    expect(scene.received[0]?.json).toMatchObject({
      type: 'notices',
      data: { notices: [{ title: 'cart is silent' }, {}] },
    });
    expect(scene.server.queue.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([30, 30]);
  });

  test('that a channel is not told of stands in the log with its reason', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook, { kinds: ['cluster-new'], services: ['cart'], minSeverity: 'HIGH' });
    const clusterId = crypto.randomUUID();
    scene.ignored.add(clusterId);
    await scene.notice();
    await scene.notice({ kind: 'cluster-new' });
    await scene.notice({ kind: 'cluster-new', service: 'cart', severity: 'LOW' });
    await scene.notice({ kind: 'cluster-new', service: 'cart', severity: 'CRITICAL', clusterId });
    await tell(scene);
    expect(scene.received).toEqual([]);
    const reasons = (await scene.listDeliveries()).map(({ status, reason }) => `${status}: ${reason}`);
    expect(reasons.toSorted()).toEqual([
      'suppressed: cluster-ignored',
      'suppressed: kind-not-chosen',
      'suppressed: service-not-chosen',
      'suppressed: severity-below-threshold',
    ]);
  });

  test('of a cluster that is ignored while the message waits is not told any more', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook);
    const clusterId = crypto.randomUUID();
    await scene.notice({ clusterId });
    await scene.dispatch();
    scene.ignored.add(clusterId);
    await scene.deliver();
    expect(scene.received).toEqual([]);
    expect(await scene.listDeliveries()).toMatchObject([{ status: 'suppressed', reason: 'cluster-ignored' }]);
  });

  test('in quiet hours waits for their end, unless it is too severe to wait', async () => {
    const scene = await createNotificationScene();
    // The scene's time is 10:20 UTC.
    const quietHours = { timeZone: 'UTC', from: '10:00', to: '12:00', exceptFrom: 'CRITICAL' };
    await scene.addChannel(webhook, { quietHours, groupSeconds: 0 });
    await scene.notice();
    await scene.notice({ severity: 'CRITICAL' });
    await scene.notice();
    await scene.dispatch();
    expect(scene.server.queue.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([6000, 0]);
    await scene.deliver();
    const counts = scene.received.map(({ json }) => (json['data'] as { notices: unknown[] }).notices.length);
    expect(counts.toSorted()).toEqual([1, 2]);
  });

  test('is redacted by the rules of now, cannot mention anybody in Slack, and keeps to one line', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel({ kind: 'slack', secretUrl: 'https://hooks.slack.example/services/T/B/secret' });
    await scene.notice({
      title: 'failed for anna.muster@example.com <!channel>',
      lines: ['```\n<https://evil.example|click> card 4111 1111 1111 1111'],
    });
    await tell(scene);
    const { url, body = '', json } = firstOf(scene);
    expect(url).toBe('https://hooks.slack.example/services/T/B/secret');
    expect(body).not.toMatch(/anna\.muster|4111 1111|<!channel>|<https:\/\/evil/);
    expect(body).toContain('&lt;!channel&gt;');
    const blocks = json['blocks'] as ReadonlyArray<{ type: string; text?: { text: string } }>;
    const code = blocks.map(({ text }) => text?.text ?? '').find((text) => text.startsWith('```')) ?? '';
    expect([code.split('```').length, code.includes('\n')]).toEqual([3, false]);
  });
});

describe('a receiver', () => {
  test('that fails is told again after a pause, with the same id, until it takes the message', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook);
    await scene.notice();
    scene.answers.push({ status: 500 }, { status: 429, headers: { 'retry-after': '4000' } });
    await tell(scene);
    expect(await scene.listDeliveries()).toMatchObject([{ status: 'retrying', reason: 'The receiver answered 500' }]);
    await scene.deliver();
    await scene.deliver();
    expect(await scene.listDeliveries()).toMatchObject([{ status: 'delivered', attemptCount: 3, reason: null }]);
    expect(new Set(scene.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(scene.received.map(({ body }) => body)).size).toBe(1);
    expect(scene.outcomes).toEqual(['retrying', 'retrying', 'delivered']);
    const [first, second, third] = scene.server.queue.sent.map(({ delaySeconds }) => delaySeconds);
    expect([first, third]).toEqual([30, 4000]);
    expect(second).toBeLessThanOrEqual(5);
  });

  test('that never takes it fails the delivery in the end, and gets what opened meanwhile in one message', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook, { groupSeconds: 0 });
    scene.answers.push(...Array.from({ length: 5 }, () => ({ status: 503 })));
    await scene.notice();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await tell(scene);
    }
    expect(await scene.listDeliveries()).toMatchObject([{ status: 'failed', attemptCount: 5 }]);
    await scene.notice();
    await scene.notice();
    await scene.notice();
    await scene.dispatch();
    expect(scene.server.queue.sent.at(-1)?.delaySeconds).toBeGreaterThanOrEqual(80);
    await scene.deliver();
    expect((scene.received.at(-1)?.json['data'] as { notices: unknown[] }).notices).toHaveLength(3);
    expect(await scene.call('GET', 'channels')).toMatchObject({ channels: [{ failureCount: 0 }] });
  });

  test('that answers 410 is told no more, and the channel says why', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook);
    scene.answers.push({ status: 410 });
    await scene.notice();
    await tell(scene);
    await scene.notice();
    await tell(scene);
    expect(scene.received).toHaveLength(1);
    expect(await scene.call('GET', 'channels')).toMatchObject({
      channels: [{ isEnabled: false, disabledReason: 'the receiver answered 410 Gone' }],
    });
  });

  test('of Slack that refuses the message is not asked again', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel({ kind: 'slack', secretUrl: 'https://hooks.slack.example/services/T/B/secret' });
    scene.answers.push({ status: 404 });
    await scene.notice();
    await tell(scene);
    await tell(scene);
    expect(scene.received).toHaveLength(1);
    expect(await scene.listDeliveries()).toMatchObject([{ status: 'failed', reason: 'The receiver answered 404' }]);
  });
});

describe('PagerDuty', () => {
  test('is told of an incident under one key, from its opening over its acknowledgement to its end', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(pagerDuty);
    const incidentId = crypto.randomUUID();
    for (const kind of ['incident-opened', 'incident-raised', 'incident-acknowledged', 'incident-closed'] as const) {
      await scene.notice({ kind, incidentId });
      await tell(scene);
    }
    expect(scene.received.map(({ json }) => json['event_action'])).toEqual([
      ...['trigger', 'trigger', 'acknowledge', 'resolve'],
    ]);
    expect(new Set(scene.received.map(({ json }) => json['dedup_key'])).size).toBe(1);
    expect(scene.received[0]).toMatchObject({
      url: 'https://events.pagerduty.com/v2/enqueue',
      json: { routing_key: pagerDuty.secretRoutingKey, payload: { severity: 'error', source: 'checkout' } },
    });
  });

  test('does not open again what is closed when the opening arrives late', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(pagerDuty);
    const incidentId = crypto.randomUUID();
    scene.answers.push({ status: 500 });
    await scene.notice({ incidentId });
    await tell(scene);
    await scene.notice({ kind: 'incident-closed', incidentId });
    await tell(scene);
    expect(scene.received.map(({ json }) => json['event_action'])).toEqual(['trigger', 'resolve']);
    const reasons = (await scene.listDeliveries()).map(({ status, reason }) => [status, reason]);
    expect(reasons).toHaveLength(2);
    expect(reasons).toContainEqual(['suppressed', 'overtaken-by-a-later-one']);
  });
});

describe('mail', () => {
  test('has a stable id, one line of subject, and no markup of the log in it', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel({ kind: 'email', recipients: ['on-call@example.com'] });
    await scene.notice({ title: 'a\r\nBcc: everybody@example.com', lines: ['<script>alert(1)</script>'] });
    await tell(scene);
    const [mail] = scene.mails;
    const [delivery] = await scene.listDeliveries();
    expect(mail?.id).toBe(delivery?.['id']);
    expect(mail?.subject).not.toMatch(/[\r\n]/);
    expect(mail?.html).not.toContain('<script>');
    expect(mail?.text).toContain('<script>alert(1)</script>');
  });
});

describe('the verdict of an analysis', () => {
  const verdict = 'Likely, confidence 78 %. Suspect: payments.';

  test.each([
    ['a webhook', webhook, (scene: NotificationScene) => firstOf(scene).body],
    [
      'Slack',
      { kind: 'slack', secretUrl: 'https://hooks.slack.example/services/T/B/secret' },
      (scene: NotificationScene) => firstOf(scene).body,
    ],
    ['PagerDuty', pagerDuty, (scene: NotificationScene) => firstOf(scene).body],
    [
      'mail',
      { kind: 'email', recipients: ['on-call@example.com'] },
      (scene: NotificationScene) => `${scene.mails[0]?.subject}\n${scene.mails[0]?.text}`,
    ],
  ])('reaches %s as a message of its own, once', async (_, target, read) => {
    const scene = await createNotificationScene();
    await scene.addChannel(target);
    const incidentId = crypto.randomUUID();
    const told = {
      kind: 'incident-analysed',
      incidentId,
      verdict,
      dedupKey: `incident-analysed:${incidentId}`,
    } as const;
    await scene.notice(told);
    await scene.notice(told);
    await tell(scene);
    expect(scene.received.length + scene.mails.length).toBe(1);
    expect(read(scene)).toContain(verdict);
    expect(read(scene)).toMatch(/Incident analysed|incident-analysed/);
  });

  test('leads to the investigation that was opened of its incident, and to none of another', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(webhook);
    const incidentId = crypto.randomUUID();
    const { investigation } = await createSharedSqlStores().investigations.openForIncident(scene.server.tenantId, {
      ...{ title: 'errors of checkout', services: ['checkout'], clusterIds: [], incidentId },
      range: { fromMs: 0, toMs: 60_000 },
      createdBy: { kind: 'schedule', id: 'schedule', name: 'the schedule' },
    });
    await scene.notice({ kind: 'incident-analysed', incidentId, verdict });
    await scene.notice({ kind: 'incident-analysed', incidentId: crypto.randomUUID(), verdict });
    await tell(scene);
    const links = scene.received.flatMap(({ body = '' }) => body.match(/investigations\/[0-9a-f-]{36}/g) ?? []);
    expect(links).toEqual([`investigations/${investigation.id}`]);
  });

  test('adds to the alert of PagerDuty, and is not sent when the incident has ended since', async () => {
    const scene = await createNotificationScene();
    await scene.addChannel(pagerDuty);
    const incidentId = crypto.randomUUID();
    for (const kind of ['incident-opened', 'incident-analysed', 'incident-closed'] as const) {
      await scene.notice({ kind, incidentId, verdict });
    }
    await tell(scene);
    expect(scene.received.map(({ json }) => json['event_action'])).toEqual(['resolve']);
  });
});

describe('the test button', () => {
  test('sends a message that says that it is one, also to a channel that is switched off', async () => {
    const scene = await createNotificationScene();
    const id = await scene.addChannel(webhook);
    await scene.call('PUT', `channels/${id}`, { name: 'off', rules: {}, isEnabled: false });
    const { id: deliveryId } = await scene.call('POST', `channels/${id}/test`);
    await scene.deliver();
    expect(scene.received).toMatchObject([{ json: { type: 'test', data: { isTest: true, deliveryId } } }]);
    expect(await scene.call('GET', `deliveries/${String(deliveryId)}`)).toMatchObject({ status: 'delivered' });
  });
});

test('a delivery whose job was cancelled is failed and says so', async () => {
  const scene = await createNotificationScene();
  await scene.addChannel(webhook);
  await scene.notice();
  await scene.dispatch();
  const { deliveries } = createSharedSqlStores();
  const { tenantId, queue, jobs } = scene.server;
  expect(await deliveries.failAbandoned(tenantId, deliveryJobKind, 'gone')).toBe(0);
  await jobs.requestCancel(tenantId, queue.sent[0]?.jobId ?? '');
  expect(await deliveries.failAbandoned(tenantId, deliveryJobKind, 'gone')).toBe(1);
  expect(await scene.listDeliveries()).toMatchObject([{ status: 'failed', reason: 'gone' }]);
});
