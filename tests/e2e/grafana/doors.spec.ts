// Every door into the app where Grafana has it; tests/e2e/doors.spec.ts plays them in the preview. The dashboard and the alert rule, which
// fires at once, are made for the run and taken away after it.
import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Page } from '@playwright/test';
import { testIds } from '../../../src/test-ids.ts';
import { expectArrival } from '../doors.ts';
import { components, pages } from '../grafana-selectors.ts';
import { expect, grafanaTest as test, grafanaUrl } from '../plugin-test.ts';

test.skip(grafanaUrl === undefined, 'set GRAFANA_URL to a Grafana with the plugin to run this');

const service = process.env.LOGHUNTER_E2E_SERVICE ?? 'checkout';
const selector = `{service_name="${service}"}`;
const linkTitle = 'Find clusters of these logs';

async function lokiUid(request: APIRequestContext): Promise<string> {
  const sources: ReadonlyArray<{ uid: string; type: string }> = await (await request.get('/api/datasources')).json();
  const loki = sources.find(({ type }) => type === 'loki');
  expect(loki, 'a data source of Loki').toBeDefined();
  return loki?.uid ?? '';
}

async function openExplore(page: Page, uid: string): Promise<void> {
  const pane = {
    datasource: uid,
    queries: [{ refId: 'A', datasource: { type: 'loki', uid }, expr: selector, queryType: 'range' }],
    range: { from: 'now-3h', to: 'now' },
  };
  await page.goto(`${pages.Explore.url}?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`);
}

test('Explore leads to a search for its query, in its range', async ({ page }) => {
  const uid = await lokiUid(page.request);
  await openExplore(page, uid);
  await page.getByTestId(pages.Explore.toolbar.addTo).click();
  await page.getByRole('menuitem', { name: linkTitle }).click();
  // Grafana asks before it leaves Explore.
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expectArrival(page, {
    page: 'search',
    parameters: { 'var-ds': uid, logql: selector, from: 'now-3h' },
    service,
  });
});

test('the menu of a panel leads to the clusters of its streams, in the range of the dashboard', async ({
  page,
  gotoDashboardPage,
}) => {
  const source = { type: 'loki', uid: await lokiUid(page.request) };
  const title = `Rate ${randomUUID()}`;
  const target = { refId: 'A', datasource: source, expr: `sum(rate(${selector} [5m]))`, queryType: 'range' };
  const panel = {
    id: 1,
    type: 'timeseries',
    title,
    datasource: source,
    targets: [target],
    gridPos: { x: 0, y: 0, w: 24, h: 9 },
  };
  const made = await page.request.post('/api/dashboards/db', {
    data: { dashboard: { title, panels: [panel], time: { from: 'now-3h', to: 'now' } } },
  });
  const { uid } = await made.json();
  try {
    const dashboard = await gotoDashboardPage({ uid });
    await dashboard.getPanelByTitle(title).clickOnMenuItem(linkTitle, { parentItem: 'Extensions' });
    await expectArrival(page, {
      page: 'clusters',
      parameters: { 'var-ds': source.uid, 'var-service': service, from: /now-3h|^\d/ },
      service,
    });
  } finally {
    await page.request.delete(`/api/dashboards/uid/${uid}`);
  }
});

test('a label in the details of a log line leads to the clusters of its value, in a tab of their own', async ({
  page,
  context,
}) => {
  const uid = await lokiUid(page.request);
  await openExplore(page, uid);
  await page.getByTestId(components.Logs.logLineMenu.menuButton).first().click();
  await page.getByRole('menuitem', { name: /log details/i }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Clusters of this service_name' }).first().click();
  await expectArrival(await opened, {
    page: 'clusters',
    parameters: { 'var-ds': uid, 'var-service': service },
    service,
  });
});

test('an instance of an alert leads to the clusters of its labels', async ({ page }) => {
  const uid = await lokiUid(page.request);
  const folder = `loghunter-e2e-${Date.now()}`;
  await page.request.post('/api/folders', { data: { uid: folder, title: folder } });
  const query = {
    refId: 'A',
    datasource: { type: 'loki', uid },
    expr: `sum by (service_name) (count_over_time(${selector} [1h]))`,
    queryType: 'instant',
  };
  const range = { from: 3600, to: 0 };
  const made = await page.request.post('/api/v1/provisioning/alert-rules', {
    data: {
      title: folder,
      folderUID: folder,
      ruleGroup: folder,
      orgID: 1,
      condition: 'B',
      for: '0s',
      noDataState: 'OK',
      execErrState: 'Error',
      data: [
        { refId: 'A', datasourceUid: uid, queryType: 'instant', relativeTimeRange: range, model: query },
        {
          refId: 'B',
          datasourceUid: '__expr__',
          relativeTimeRange: range,
          model: {
            refId: 'B',
            type: 'threshold',
            expression: 'A',
            conditions: [{ evaluator: { type: 'gt', params: [0] } }],
          },
        },
      ],
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const rule: { uid: string } = await made.json();
  try {
    await page.goto(`/alerting/grafana/${rule.uid}/view?tab=instances`);
    // Grafana judges a new rule within a minute.
    const actions = page.getByRole('row').filter({ hasText: service }).getByRole('button', { name: 'Actions' });
    await expect(async () => {
      await page.reload();
      await expect(actions.first()).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 120_000 });
    await actions.first().click();
    await page.getByRole('menuitem', { name: 'Find log clusters of this time' }).click();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expectArrival(page, { page: 'clusters', parameters: { 'var-ds': uid, 'var-service': service }, service });
  } finally {
    await page.request.delete(`/api/folders/${folder}?forceDeleteRules=true`);
  }
});

test('the command palette leads to the clusters', async ({ page }) => {
  await page.getByTestId(components.NavToolbar.commandPaletteTrigger).click();
  await page.getByRole('combobox').last().fill('LogHunter clusters');
  await page.getByRole('option', { name: /LogHunter clusters/ }).click();
  await expect(page.getByTestId(testIds.clusters.page)).toBeVisible();
});
