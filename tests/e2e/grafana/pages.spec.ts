// What only a real Grafana can show of the pages: its frame, its panels, its proxy, its Explore. The pages' own specs run there as well.
import { testIds } from '../../../src/test-ids.ts';
import { openPluginPage, pluginPages } from '../pages.ts';
import { expect, grafanaTest as test, grafanaUrl } from '../plugin-test.ts';

test.skip(grafanaUrl === undefined, 'set GRAFANA_URL to a Grafana with the plugin to run this');

// The preview's own list of pages and its steps; what it answers from recordings there is a matter of the preview.
for (const wanted of pluginPages.filter(({ record }) => record === undefined)) {
  test(`${wanted.name} is drawn inside Grafana's frame`, async ({ page }) => {
    await openPluginPage(page, wanted, 'dark');
    await expect(page.getByTestId(testIds.problem)).toHaveCount(0);
  });
}

test("a cluster shows its trend in Grafana's panel, and Explore opens with its query", async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-6h&to=now');
  await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.trend).locator('canvas')).toBeVisible();
  await page.getByRole('link', { name: 'Open in Explore' }).first().click();
  await expect(page).toHaveURL(/\/explore\?.*expr/);
});

test('the connection test of the configuration page passes', async ({ page }) => {
  await page.goto('/plugins/loghunter-app?page=configuration');
  await page.getByTestId(testIds.configuration.test).click();
  await expect(page.getByTestId(testIds.configuration.result)).toContainText('LogHunter answers');
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
