// The same pages in a real Grafana: what the preview cannot prove. Needs Grafana with the plugin provisioned and a login of admin.
import { expect, test } from '@grafana/plugin-e2e';
import { testIds } from '../../../src/test-ids.ts';
import { openPluginPage, pluginPages } from '../pages.ts';

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

// The preview's own list of pages and its steps; what it answers from recordings there is a matter of the preview.
for (const wanted of pluginPages.filter(({ record }) => record === undefined)) {
  test(`${wanted.name} is drawn inside Grafana's frame`, async ({ page }) => {
    await openPluginPage(page, wanted, 'dark');
    await expect(page.getByTestId(testIds.problem)).toHaveCount(0);
  });
}

test('the list filters, sorts and keeps both in the address', async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-6h&to=now');
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=lastSeen/);
  await page.getByLabel('Filter by text of the template').fill('error');
  await expect(page).toHaveURL(/q=error/);
  await page.goBack();
  await expect(page).not.toHaveURL(/q=error/);
});

test('the command palette leads to the clusters', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').or(page.getByPlaceholder('Search or jump to...')).first().fill('LogHunter clusters');
  await page.getByRole('option', { name: /LogHunter clusters/ }).click();
  await expect(page.getByTestId(testIds.clusters.page)).toBeVisible();
});

test("Explore's menu brings data source, query and range along", async ({ page }) => {
  const panes = {
    a: {
      datasource: 'loki',
      queries: [{ refId: 'A', expr: '{service_name=~".+"}' }],
      range: { from: 'now-3h', to: 'now' },
    },
  };
  await page.goto(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Find clusters of these logs' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/loghunter-app\/search\?.*logql=.*from=now-3h/);
});
