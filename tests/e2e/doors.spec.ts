// Every door into the app, played by the preview as Grafana does; tests/e2e/grafana/doors.spec.ts goes through Grafana's own.
import type { Locator, Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expectArrival } from './doors.ts';
import { expect, test } from './preview-test.ts';

const dataSource = 'loghunter-embedded';
const points = {
  explore: 'grafana/explore/toolbar/action',
  panelMenu: 'grafana/dashboard/panel/menu',
  logDetails: 'grafana/logsview/resource-attributes',
  alertInstance: 'grafana/alerting/instance/action',
  commandPalette: 'grafana/commandpalette/action',
};

function door(page: Page, name: string): Locator {
  return page.getByRole('region', { name });
}

/** Changes what Grafana tells at a door. */
async function tell(played: Locator, change: (told: Record<string, unknown>) => unknown): Promise<void> {
  const field = played.getByRole('textbox');
  const told = JSON.parse(await field.inputValue());
  await field.fill(JSON.stringify({ ...told, ...Object(change(told)) }));
}

test.beforeEach(async ({ page }) => {
  await page.goto('/doors');
  await expect(door(page, points.explore)).toBeVisible();
});

test('no link is dropped: plugin.json names each as the code has it', async ({ page }) => {
  await expect(page.getByText('Grafana would not show')).toHaveCount(0);
  for (const point of Object.values(points)) {
    await expect(door(page, point).getByRole('link').first()).toBeVisible();
  }
});

test('a link that plugin.json calls otherwise is dropped', async ({ page }) => {
  await page.route('**/loghunter-app/plugin.json', async (route) => {
    const manifest = await (await route.fetch()).json();
    manifest.extensions.addedLinks[0].title = 'Another title';
    await route.fulfill({ json: manifest });
  });
  await page.reload();
  await expect(door(page, points.explore)).toContainText('Grafana would not show “Find clusters of these logs”');
  await expect(door(page, points.panelMenu).getByRole('link')).toHaveCount(1);
});

test('Explore leads to a search for its query, in its range', async ({ page }) => {
  await door(page, points.explore).getByRole('link', { name: 'Find clusters of these logs' }).click();
  await expectArrival(page, {
    page: 'search',
    parameters: { 'var-ds': dataSource, logql: '{service_name="checkout"} |= "order"', from: 'now-1h', to: 'now' },
    service: 'checkout',
  });
  await expect(page.getByTestId(testIds.search.logql)).toContainText('|= "order"');
});

test('a panel that counts lines leads to the clusters of its streams, in the range of the dashboard', async ({
  page,
}) => {
  const to = Math.floor(Date.now() / 1000) * 1000;
  const range = { from: new Date(to - 3_600_000).toISOString(), to: new Date(to).toISOString() };
  await tell(door(page, points.panelMenu), () => ({ timeRange: range }));
  await door(page, points.panelMenu).getByRole('link', { name: 'Find clusters of these logs' }).click();
  await expectArrival(page, {
    page: 'clusters',
    parameters: {
      'var-ds': dataSource,
      'var-service': 'checkout',
      'var-namespace': 'shop',
      from: range.from,
      to: range.to,
    },
    service: 'checkout',
  });
});

test('a panel that shows lines leads to a search for them', async ({ page }) => {
  const query = { refId: 'A', datasource: { type: 'loki', uid: dataSource }, expr: '{service_name="payments"}' };
  await tell(door(page, points.panelMenu), () => ({ targets: [query] }));
  await door(page, points.panelMenu).getByRole('link', { name: 'Find clusters of these logs' }).click();
  await expectArrival(page, {
    page: 'search',
    parameters: { 'var-ds': dataSource, logql: query.expr, from: 'now-1h' },
    service: 'payments',
  });
});

test('a panel without logs offers nothing', async ({ page }) => {
  const query = { refId: 'A', datasource: { type: 'prometheus', uid: 'p' }, expr: 'up' };
  await tell(door(page, points.panelMenu), () => ({ targets: [query] }));
  await expect(door(page, points.panelMenu)).toContainText('No link is shown.');
});

test('a label of a log line leads to the clusters of its value, in a tab of their own', async ({ page, context }) => {
  const links = door(page, points.logDetails).getByRole('link');
  await expect(links).toHaveText(['Clusters of this service_name', 'Clusters of this namespace']);
  const opened = context.waitForEvent('page');
  await links.first().click();
  await expectArrival(await opened, {
    page: 'clusters',
    parameters: {
      'var-ds': dataSource,
      'var-service': 'checkout',
      'var-namespace': '$__all',
      from: /^\d{4}-|^\d{13}$/,
    },
    service: 'checkout',
  });
});

test('an instance of an alert leads to the clusters of its labels, from an hour before it fired', async ({ page }) => {
  const played = door(page, points.alertInstance);
  const { instance } = JSON.parse(await played.getByRole('textbox').inputValue());
  await played.getByRole('link', { name: 'Find log clusters of this time' }).click();
  await expectArrival(page, {
    page: 'clusters',
    parameters: { 'var-ds': dataSource, 'var-service': 'checkout', 'var-namespace': 'shop' },
    service: 'checkout',
  });
  const from = new URL(page.url()).searchParams.get('from') ?? '';
  expect(new Date(/^\d+$/.test(from) ? Number(from) : from).getTime()).toBe(Date.parse(instance.activeAt) - 3_600_000);
});

test('the command palette leads to the clusters and to the search', async ({ page }) => {
  await door(page, points.commandPalette).getByRole('link', { name: 'LogHunter clusters' }).click();
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  await page.goto('/doors');
  await door(page, points.commandPalette).getByRole('link', { name: 'LogHunter search' }).click();
  await expect(page.getByTestId(testIds.search.saved)).toBeVisible();
});

test("another app's page shows the clusters of a service and leads to one of them", async ({ page }) => {
  const shown = door(page, 'loghunter-app/cluster-list/v1');
  const list = shown.getByTestId(testIds.doors.clusterList);
  await expect(list.getByRole('row')).toHaveCount(6);
  // Not of errors, which other specs merge and resolve.
  await tell(shown, () => ({ level: ['info', 'warn'], limit: 2 }));
  await expect(list.getByRole('row')).toHaveCount(3);
  await expect(list.getByRole('cell', { name: /^(info|warn)$/ })).toHaveCount(2);
  await list.getByRole('table').getByRole('link').first().click();
  await expect(page.getByTestId(testIds.cluster.page)).toContainText('checkout');
  await page.goBack();
  await shown.getByRole('link', { name: /All [\d,]+ clusters in LogHunter/ }).click();
  await expectArrival(page, { page: 'clusters', parameters: { 'var-service': 'checkout' }, service: 'checkout' });
});

test.describe("when the server is away while another app's page asks", () => {
  test.use({ provokedStatuses: [502] });

  test('the list of clusters says so in its place', async ({ page }) => {
    await page.route('**/bff/api/v1/clusters?*', (route) =>
      route.fulfill({ status: 502, json: { message: 'Bad gateway' } })
    );
    await page.reload();
    await expect(door(page, 'loghunter-app/cluster-list/v1').getByTestId(testIds.problem)).toContainText(
      'cannot be reached'
    );
  });
});
