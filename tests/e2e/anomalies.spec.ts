// Anomalies on the real server. What the detectors find depends on the clock, so the pages of one incident get a recorded answer.
import { createHmac, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';
import type { Servers } from './preview-test.ts';
import {
  at,
  eventAnswer,
  eventId,
  incidentId,
  recordedEvent,
  recordedIncident,
  recordIncident,
  recordList,
} from './recorded-incident.ts';

const { anomalies } = incidentTestIds;
const app = '/a/loghunter-app/anomalies';

test('the list says what the detectors do, on the real server', async ({ page }) => {
  // Further back than any spec has the server read.
  await page.goto(`${app}?from=now-7d&to=now`);
  await expect(page.getByTestId(anomalies.detection)).toBeVisible();
  const rows = page.getByTestId(anomalies.row);
  await expect(rows.first().or(page.getByTestId(testIds.empty))).toBeVisible();
  await expect(page.getByTestId(testIds.coverage)).toContainText(/Rests on .* lines.*nothing before .* has been read/);
});

test('incidents stand on a timeline and in a list that the URL filters', async ({ page }) => {
  await recordList(page, [recordedIncident()]);
  await page.goto(app);
  await expect(page.getByTestId(anomalies.timeline).getByRole('link')).toHaveAttribute(
    'aria-label',
    /critical: checkout: errors 8 times the usual/
  );
  const asked = page.waitForRequest((request) => request.url().includes('severity=high'));
  await page.getByRole('button', { name: 'high', exact: true }).click();
  await asked;
  await expect(page).toHaveURL(/severity=high/);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'high', exact: true })).toHaveAttribute('aria-pressed', 'false');
});

test('an incident that comes while the list is read waits for a click', async ({ page }) => {
  const news = page.getByRole('button', { name: 'There is news: show it' });
  const first = recordedIncident();
  await recordList(page, [first]);
  await page.clock.install();
  await page.goto(app);
  const rows = page.getByTestId(anomalies.row);
  await expect(rows).toHaveCount(1);
  await page.unroute('**/bff/api/v1/incidents?*');
  await recordList(page, [
    recordedIncident({ id: eventId, title: 'mail: a dip', severity: 'low' }),
    { ...first, title: 'checkout: errors 9 times the usual' },
  ]);
  await page.clock.runFor(65_000);
  await expect(news).toBeVisible();
  await expect(rows).toHaveText([/errors 9 times the usual/]);
  await news.click();
  await expect(rows).toHaveText([/mail: a dip/, /errors 9 times the usual/]);
  await expect(news).toBeHidden();
});

test('an address beyond the last page shows the last page', async ({ page }) => {
  await page.route('**/bff/api/v1/incidents?*', async (route) => {
    const offset = new URL(route.request().url()).searchParams.get('offset');
    const incidents = offset === '50' ? [recordedIncident({ title: 'the last one' })] : [];
    const detection = { state: 'watching', detail: '', learnedFrom: at(0), detectedUpTo: at(0), seriesCount: 1 };
    await route.fulfill({
      json: { range: { from: at(1440), to: at(0) }, incidents, totalCount: 51, openCount: 51, detection },
    });
  });
  await page.goto(`${app}?page=9`);
  await expect(page.getByTestId(anomalies.row)).toHaveText([/the last one/]);
});

test('chosen incidents are acknowledged together, by keyboard', async ({ page }) => {
  await recordList(page, [
    recordedIncident(),
    recordedIncident({ id: eventId, title: 'mail: a dip', severity: 'low' }),
  ]);
  await page.route('**/incident-acknowledgements', (route) => route.fulfill({ json: { incidents: [] } }));
  await page.goto(app);
  await page.getByRole('checkbox', { name: 'Choose all incidents of this page' }).press('Space');
  const sent = page.waitForRequest('**/incident-acknowledgements');
  await page.getByRole('button', { name: 'Acknowledge 2' }).press('Enter');
  expect((await sent).postDataJSON()).toEqual({ ids: [incidentId, eventId], acknowledged: true });
});

test('keys move, choose, acknowledge and open', async ({ page }) => {
  await recordList(page, [
    recordedIncident(),
    recordedIncident({ id: eventId, title: 'mail: a dip', severity: 'low' }),
  ]);
  await recordIncident(page);
  await page.route('**/incident-acknowledgements', (route) => route.fulfill({ json: { incidents: [] } }));
  await page.goto(app);
  const rows = page.getByTestId(anomalies.row);
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('button', { name: 'Acknowledge 2' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(rows.getByRole('checkbox', { checked: true })).toHaveCount(0);
  const sent = page.waitForRequest('**/incident-acknowledgements');
  await page.keyboard.press('e');
  expect((await sent).postDataJSON()).toEqual({ ids: [eventId], acknowledged: true });
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`incidents/${incidentId}`));
  await expect(page.getByTestId(anomalies.eventRow)).toBeVisible();
});

test('an incident shows what was found and leads to its event, its root cause and an investigation', async ({
  page,
}) => {
  await recordIncident(page);
  await page.goto(`${app}/incidents/${incidentId}`);
  await expect(page.getByRole('heading', { name: 'checkout: errors 8 times the usual' })).toBeVisible();
  await expect(page.getByTestId(anomalies.eventRow)).toContainText('8 times the usual');
  await expect(page.getByRole('link', { name: 'Find root cause' })).toHaveAttribute(
    'href',
    /root-cause\?incident=6f96/
  );
  // The series and what it rests on are the real server's own.
  await expect(page.getByTestId(anomalies.graph).locator('canvas')).toBeVisible();
  await expect(page.getByTestId(testIds.coverage)).toContainText(/Rests on .* lines/);
});

test('an event shows its series with the usual range, in plain words', async ({ page }) => {
  await page.route(`**/bff/api/v1/anomaly-events/${eventId}`, (route) => route.fulfill({ json: eventAnswer() }));
  await page.goto(`${app}/events/${eventId}`);
  const details = page.getByTestId(anomalies.event);
  await expect(details).toContainText('8 times the usual');
  await expect(details).toContainText('Observed400');
  await expect(details).toContainText('Expected50');
  await expect(details.getByTestId(testIds.coverage)).toContainText(/Rests on .* lines/);
  const graph = page.getByTestId(anomalies.graph);
  await expect(graph.locator('canvas')).toBeVisible();
  await expect(graph.getByRole('button', { name: /Deploy: checkout v2/ })).toBeVisible();
  // The arrow keys walk along the steps; the legend says what stands there.
  await graph.getByRole('group', { name: /errors of the service of checkout/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(graph).toContainText('observed80');
  await expect(graph).toContainText('usual range4 to 18');
});

test('thumbs down says what is held back, and for how long', async ({ page }) => {
  await page.route(`**/bff/api/v1/anomaly-events/${eventId}`, (route) => route.fulfill({ json: eventAnswer() }));
  await page.route('**/feedback', (route) =>
    route.fulfill({ json: { event: recordedEvent(), suppression: { ...suppression(), reason: 'nightly' } } })
  );
  await page.goto(`${app}/events/${eventId}`);
  const feedback = page.getByTestId(anomalies.feedback);
  await feedback.getByRole('button', { name: 'No' }).click();
  await feedback.getByLabel('Why not? (optional)').fill('nightly');
  const sent = page.waitForRequest('**/feedback');
  await feedback.getByRole('button', { name: 'Hold back for 14 days' }).click();
  expect((await sent).postDataJSON()).toEqual({ verdict: 'down', reason: 'nightly', suppressDays: 14 });
  await expect(feedback).toContainText('Its like is held back until');
});

test('a deploy is marked by hand and kept by the real server', async ({ page }) => {
  await page.goto(`${app}/deploys?from=now-1h&to=now`);
  await page.getByRole('button', { name: 'Mark a deploy' }).click();
  const version = `v-${Date.now()}`;
  await page.getByLabel('Service').fill('checkout');
  await page.getByLabel('Version').fill(version);
  await page.getByRole('button', { name: 'Save mark' }).click();
  await expect(page.getByTestId(anomalies.deploy).filter({ hasText: version })).toBeVisible();
});

test('nothing is held back at first, and the page says how that comes about', async ({ page }) => {
  await page.goto(`${app}/suppressions`);
  await expect(page.getByTestId(testIds.empty)).toContainText('Nothing is held back');
});

test('a viewer reads and cannot act', async ({ page, signIn }) => {
  await recordList(page, [recordedIncident()]);
  await signIn(page, 'vera', 'Viewer');
  await page.goto(app);
  await page.getByRole('checkbox', { name: /Choose: checkout/ }).press('Space');
  await expect(page.getByText('Acting on incidents needs the role Editor.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Acknowledge 1/ })).toBeHidden();
});

/** Sends an alert as Grafana's contact point does. */
async function fire({ serverUrl, alertSecret }: Servers, title: string, service: string): Promise<void> {
  const body = JSON.stringify({
    ...{ receiver: 'LogHunter', status: 'firing', version: '1', orgId: 1 },
    alerts: [
      {
        ...{ status: 'firing', fingerprint: randomUUID(), startsAt: new Date().toISOString() },
        ...{ endsAt: '0001-01-01T00:00:00Z', generatorURL: '', annotations: { summary: title } },
        labels: { alertname: 'Slow mail', service_name: service, severity: 'critical' },
      },
    ],
  });
  const time = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', alertSecret).update(`${time}:${body}`).digest('hex');
  const headers = { 'X-Grafana-Alerting-Timestamp': time, 'X-Grafana-Alerting-Signature': signature };
  const answer = await fetch(`${serverUrl}/api/v1/alerts/grafana`, { method: 'POST', body, headers });
  expect(answer.status, await answer.text()).toBe(200);
}

test(
  'two people at once: an alert that opens an incident, and who acknowledges it, are there within five seconds',
  { tag: '@preview' },
  async ({ page, servers, openAs }) => {
    const title = `Mail is slow ${Date.now()}`;
    await page.goto(`${app}?from=now-1h&to=now`);
    await expect(page.getByTestId(anomalies.detection)).toBeVisible();
    await fire(servers, title, 'mail-of-the-tests');
    const incident = page.getByTestId(anomalies.row).filter({ hasText: title });
    const news = page.getByRole('button', { name: 'There is news: show it' });
    await expect(incident.or(news).first()).toBeVisible({ timeout: 5000 });
    // A list that is not empty waits for a click.
    if (await news.isVisible()) {
      await news.click();
    }
    await expect(incident).toBeVisible();

    const other = await openAs('grace', 'Editor');
    await other.goto(`${app}?from=now-1h&to=now`);
    await other.getByTestId(anomalies.row).filter({ hasText: title }).getByRole('link', { name: title }).click();
    await other.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await expect(incident).toContainText('grace', { timeout: 5000 });
    await incident.getByRole('link', { name: title }).click();
    await expect(page.getByTestId(anomalies.incident)).toContainText('acknowledged by grace');
    await other.getByRole('button', { name: 'Take acknowledgement back' }).click();
    await expect(page.getByTestId(anomalies.incident)).toContainText('nobody has acknowledged it', { timeout: 5000 });

    await other.getByRole('button', { name: 'Assign …' }).click();
    await other.getByRole('dialog').getByRole('textbox').fill('night shift');
    await expect(other.getByRole('dialog').getByRole('button', { name: /night shift/ })).toBeVisible();
    await other.keyboard.press('Enter');
    await expect(other.getByTestId(testIds.toast)).toContainText('1 incident assigned to night shift');
    const history = page.getByTestId(anomalies.history);
    await expect(history).toContainText('Assigned to night shift', { timeout: 5000 });
    await other.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
    await expect(history).toContainText('Assigned to nobody', { timeout: 5000 });
  }
);

test(
  'keys filter, assign and hold back; Mine shows what is the reader’s',
  { tag: '@preview' },
  async ({ page, servers }) => {
    const title = `Carts are slow ${Date.now()}`;
    await fire(servers, title, 'carts-of-the-tests');
    await page.goto(`${app}?from=now-1h&to=now`);
    const incident = page.getByTestId(anomalies.row).filter({ hasText: title });
    await expect(incident).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(title);
    await expect(page).toHaveURL(/q=Carts/);
    await expect(page.getByTestId(anomalies.row)).toHaveCount(1);
    await incident.getByRole('checkbox').press('Space');
    await expect(page.getByRole('button', { name: 'Hold back …' })).toBeEnabled();
    await page.keyboard.press('a');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /admin.*you/ })
      .click();
    await expect(page.getByTestId(testIds.toast)).toContainText('1 incident assigned to admin');
    await page.getByRole('button', { name: 'Mine', exact: true }).click();
    await expect(page).toHaveURL(/assignee=me/);
    await expect(page.getByTestId(anomalies.row)).toHaveCount(1);
    await incident.getByRole('link', { name: title }).focus();
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('button', { name: 'For 14 days' }).click();
    await expect(page.getByTestId(testIds.toast)).toContainText('held back for 14 days');
    await page.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByTestId(testIds.toast)).toContainText('Undone');
  }
);

test.describe('when the server is down', () => {
  test.use({ provokedStatuses: [502] });

  test('the list says so and recovers on request', async ({ page }) => {
    await page.route('**/bff/api/v1/**', (route) => route.fulfill({ status: 502, json: { message: 'Bad gateway' } }));
    await page.goto(app);
    const problem = page.getByTestId(testIds.problem);
    await expect(problem).toContainText('The LogHunter server cannot be reached');
    await page.unroute('**/bff/api/v1/**');
    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId(anomalies.detection)).toBeVisible();
    await expect(problem).toBeHidden();
  });
});

test('the list shows its frame while a slow server thinks', async ({ page }) => {
  let answerNow = () => {};
  const held = new Promise<void>((resolve) => (answerNow = resolve));
  await page.route('**/bff/api/v1/incidents?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(app);
  await expect(page.getByTestId(incidentTestIds.loading)).toBeVisible();
  answerNow();
  await expect(page.getByTestId(anomalies.detection)).toBeVisible();
});

function suppression() {
  return {
    id: incidentId,
    service: 'checkout',
    namespace: 'shop',
    kind: 'errors',
    clusterId: null,
    eventId,
    createdBy: 'admin',
    createdAt: at(0),
    expiresAt: at(-14 * 1440),
    heldBackCount: 0,
  };
}
