// The pages about anomalies in a real Grafana: what the preview cannot prove. Needs Grafana with the plugin provisioned and a login of admin.
import { expect, test } from '@grafana/plugin-e2e';
import { incidentTestIds } from '../../../src/incident-test-ids.ts';
import { testIds } from '../../../src/test-ids.ts';

test.skip(!process.env.GRAFANA_URL, 'set GRAFANA_URL to a Grafana with the plugin to run this');

const ids = incidentTestIds.anomalies;

test.beforeEach(async ({ page }) => {
  const login = await page.request.post('/login', {
    data: { user: process.env.GRAFANA_ADMIN_USER ?? 'admin', password: process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin' },
  });
  expect(login.ok()).toBe(true);
});

test('the list says what the detectors do, and leads to an incident with its graph where there is one', async ({
  page,
}) => {
  await page.goto('/a/loghunter-app/anomalies?from=now-24h&to=now');
  await expect(page.getByTestId(ids.detection)).toContainText(/Watching|Learning|Waiting|No new data/);
  const rows = page.getByTestId(ids.row);
  if ((await rows.count()) > 0) {
    await rows.first().getByRole('link').first().click();
    await expect(page.getByTestId(ids.incident)).toBeVisible();
    await expect(page.getByTestId(ids.graph).first().locator('canvas')).toBeVisible();
  }
});

test('a deploy that is marked is listed, through the plugin proxy', async ({ page }) => {
  await page.goto('/a/loghunter-app/anomalies/deploys?from=now-1h&to=now');
  const version = `e2e-${Date.now()}`;
  const answer = await page.request.post('/api/plugin-proxy/loghunter-app/bff/api/v1/deploys', {
    data: { service: 'checkout', version },
  });
  expect(answer.ok()).toBe(true);
  await page.reload();
  await expect(page.getByText(version)).toBeVisible();
});

test('the notifications of the administration page are reached by an administrator', async ({ page }) => {
  await page.goto('/a/loghunter-app/administration/notifications');
  await expect(page.getByTestId(testIds.administration.notifications)).toBeVisible();
});

test('alerts of the provisioned rules carry the origin that Grafana shows', async ({ page }) => {
  const rules = (await (await page.request.get('/api/v1/provisioning/alert-rules')).json()) as ReadonlyArray<{
    readonly title: string;
    readonly labels?: Readonly<Record<string, string>>;
  }>;
  const own = rules.filter(({ title }) => /LogHunter|anomaly/.test(title));
  test.skip(own.length === 0, 'the rules are not provisioned in this Grafana');
  expect(own.every(({ labels }) => labels?.['__grafana_origin'] === 'plugin/loghunter-app')).toBe(true);
});
