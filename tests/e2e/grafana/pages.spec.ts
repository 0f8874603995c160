// The same pages in a real Grafana: what the preview cannot prove. Needs Grafana with the plugin provisioned and a login of admin.
import { expect, test } from '@grafana/plugin-e2e';
import { testIds } from '../../../src/test-ids.ts';

test.skip(!process.env.GRAFANA_URL, 'set GRAFANA_URL to a Grafana with the plugin to run this');

test.beforeEach(async ({ page }) => {
  const login = await page.request.post('/login', {
    data: { user: process.env.GRAFANA_ADMIN_USER ?? 'admin', password: process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin' },
  });
  expect(login.ok()).toBe(true);
});

test('the clusters page lists clusters through the plugin proxy', async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-6h&to=now');
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  await expect(page.getByTestId(testIds.clusters.summary)).toContainText('clusters');
});

test('a cluster shows its trend in the panel of Grafana', async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-6h&to=now');
  await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.trend).locator('canvas')).toBeVisible();
  await expect(page.getByTestId(testIds.cluster.line).first()).toBeVisible();
});

test('Explore opens with the query of the cluster', async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-6h&to=now');
  await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
  await page.getByRole('link', { name: 'Open in Explore' }).click();
  await expect(page).toHaveURL(/\/explore\?/);
});

test('the connection test of the configuration page passes', async ({ page }) => {
  await page.goto('/plugins/loghunter-app?page=configuration');
  await page.getByTestId(testIds.configuration.test).click();
  await expect(page.getByTestId(testIds.configuration.result)).toContainText('LogHunter answers');
});
