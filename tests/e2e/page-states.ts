// What pages look like while something is open, missing, under way or wrong, for the pictures that people look at.
import type { Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import type { PluginPage } from './pages.ts';
import { expect } from './preview-test.ts';
import { recordedIncident, recordList } from './recorded-incident.ts';

const app = '/a/loghunter-app';
const range = 'from=now-2h&to=now';
const { row, actions } = testIds.clusters;
const { anomalies, rootCause, investigations } = incidentTestIds;
const list = `${app}/clusters?${range}`;
const openCluster: Pick<PluginPage, 'path' | 'ready'> = { path: `${list}&state=all&q=Received%20order`, ready: row };

const listStates: readonly PluginPage[] = [
  {
    name: 'clusters-chosen',
    path: list,
    ready: row,
    arrive: (page) => chooseTwo(page),
  },
  {
    name: 'clusters-keys',
    path: list,
    ready: row,
    arrive: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  ...(['e', 'm', 'a'] as const).map((key) => ({
    name: `clusters-${{ e: 'undo', m: 'ignore', a: 'assign' }[key]}`,
    path: list,
    ready: row,
    arrive: async (page: Page) => {
      await chooseTwo(page);
      await page.keyboard.press(key);
    },
  })),
  {
    name: 'clusters-resolve-in-release',
    path: list,
    ready: row,
    arrive: async (page) => {
      await chooseTwo(page);
      await page.getByTestId(actions).getByRole('button', { name: 'Resolve in release …' }).click();
    },
  },
  {
    name: 'clusters-export-and-undo',
    path: list,
    ready: row,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('menuitem', { name: 'JSON' }).click();
      await expect(page.getByTestId(testIds.exportPanel)).toContainText(/Exported all/);
      await chooseTwo(page);
      await page.keyboard.press('e');
      await expect(page.getByTestId(testIds.toast)).toBeVisible();
      await page.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
    },
  },
  { name: 'clusters-no-match', path: `${list}&q=no%20line%20says%20this`, ready: testIds.empty },
  { name: 'clusters-empty-range', path: `${app}/clusters?from=now-30d&to=now-29d`, ready: testIds.empty },
  {
    name: 'clusters-loading',
    path: list,
    ready: testIds.clusters.loading,
    record: (page) => page.route('**/bff/api/v1/clusters?*', () => undefined),
    neverSettles: true,
  },
  {
    name: 'clusters-error',
    path: list,
    ready: testIds.problem,
    record: (page) => page.route('**/bff/api/v1/clusters?*', (route) => route.fulfill({ status: 503, json: problem })),
    neverSettles: true,
  },
  {
    name: 'clusters-partial',
    path: list,
    ready: row,
    record: (page) =>
      page.route('**/api/v1/coverage?*', async (route) => {
        const answer = await (await route.fetch()).json();
        await route.fulfill({ json: { ...answer, unreadLineCount: 1204 } });
      }),
  },
];

const clusterStates: readonly PluginPage[] = [
  ...['Rename …', 'Mask a word …', 'Split by a value …', 'Merge with others …'].map((item) => ({
    name: `cluster-${item.split(' ')[0]?.toLowerCase()}`,
    ...openCluster,
    arrive: async (page: Page) => {
      await enterFirst(page);
      await page.getByRole('button', { name: 'Grouping' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      const firstChoice = page.getByRole('group', { name: /Word that varies|Place whose value/ }).getByRole('button');
      if (/Mask|Split/.test(item)) {
        await firstChoice.nth(1).click();
        await expect(page.getByTestId(testIds.rules.preview)).toContainText(/events?|No cluster/);
      }
    },
  })),
  ...['History', 'Related'].map((tab) => ({
    name: `cluster-${tab.toLowerCase()}`,
    ...openCluster,
    arrive: async (page: Page) => {
      await enterFirst(page);
      await page.getByRole('tab', { name: new RegExp(tab) }).click();
    },
  })),
  {
    name: 'cluster-why-here',
    ...openCluster,
    arrive: async (page) => {
      await enterFirst(page);
      await page.getByTestId(testIds.cluster.line).first().getByRole('button', { name: 'Show labels' }).click();
      await expect(page.getByTestId(testIds.cluster.explanation).first()).toContainText('By itself');
    },
  },
];

const searchStates: readonly PluginPage[] = [
  { name: 'search-empty', path: `${app}/search?${range}`, ready: testIds.search.saved },
  {
    name: 'search-nothing',
    path: `${app}/search?${range}&text=no%20line%20says%20this`,
    ready: testIds.search.summary,
  },
  {
    name: 'search-lines',
    path: `${app}/search?${range}&text=order`,
    ready: testIds.search.group,
    arrive: (page) =>
      page.getByTestId(testIds.search.group).first().getByRole('button', { name: 'Show lines' }).click(),
  },
  {
    name: 'search-wrong-logql',
    path: `${app}/search?${range}`,
    ready: testIds.search.saved,
    arrive: async (page) => {
      await page.getByRole('radio', { name: 'LogQL' }).check({ force: true });
      await page.getByTestId(testIds.search.logql).fill('{service_name="checkout"');
      await expect(page.getByTestId(testIds.search.check)).toContainText('at character');
    },
  },
  {
    name: 'search-live',
    path: `${app}/search?${range}`,
    ready: testIds.search.saved,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'Live', exact: true }).click();
      await expect(page.getByTestId(testIds.search.live).getByRole('status')).toBeVisible();
    },
  },
  {
    name: 'search-save',
    path: `${app}/search?${range}&text=order`,
    ready: testIds.search.group,
    arrive: (page) => page.getByRole('button', { name: 'Save this search' }).click(),
  },
];

const incidentStates: readonly PluginPage[] = [
  { name: 'anomalies-real', path: `${app}/anomalies?from=now-6h&to=now`, ready: anomalies.detection },
  {
    name: 'anomalies-chosen',
    path: `${app}/anomalies?`,
    ready: anomalies.row,
    record: (page) => recordList(page, [recordedIncident()]),
    arrive: (page) => page.getByRole('checkbox', { name: /^Choose: / }).click({ force: true }),
  },
  {
    name: 'anomalies-none',
    path: `${app}/anomalies?`,
    ready: testIds.empty,
    record: (page) => recordList(page, []),
  },
  {
    name: 'deploys-mark',
    path: `${app}/anomalies/deploys?`,
    ready: anomalies.deploys,
    arrive: (page) => page.getByRole('button', { name: 'Mark a deploy' }).click(),
  },
  {
    name: 'rehearsal-result',
    path: `${app}/anomalies/rehearsal?`,
    ready: anomalies.rehearsal,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'Rehearse', exact: true }).first().click();
      await expect(page.getByTestId(anomalies.rehearsalResult)).toBeVisible({ timeout: 90_000 });
    },
  },
  {
    name: 'root-cause-form',
    path: `${app}/root-cause?service=checkout`,
    ready: rootCause.page,
  },
  {
    name: 'investigation-new',
    path: `${app}/investigations?`,
    ready: investigations.page,
    arrive: (page) => page.getByRole('button', { name: 'New investigation' }).click(),
  },
];

const administrationStates: readonly PluginPage[] = [
  {
    name: 'administration-new-key',
    path: `${app}/administration/keys?`,
    ready: testIds.administration.keys,
    arrive: (page) => page.getByRole('button', { name: 'Create API key' }).click(),
  },
  {
    name: 'administration-new-rule',
    path: `${app}/administration/redaction?`,
    ready: testIds.administration.redactionRules,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'New rule' }).click();
      const form = page.getByTestId(testIds.administration.newRule);
      await form.getByLabel('Name').fill('order');
      await form.getByRole('textbox', { name: /^Takes out/ }).fill('Received order');
      await form.getByRole('button', { name: 'Try it' }).click();
      await expect(page.getByTestId(testIds.administration.rulePreview)).toBeVisible();
    },
  },
  {
    name: 'administration-new-channel',
    path: `${app}/administration/notifications?`,
    ready: testIds.administration.notifications,
    arrive: (page) => page.getByRole('button', { name: 'New channel' }).click(),
  },
];

/** States of pages that differ enough from the page itself to be looked at. */
export const pageStates: readonly PluginPage[] = [
  ...listStates,
  ...clusterStates,
  ...searchStates,
  ...incidentStates,
  ...administrationStates,
];

const problem = {
  type: 'about:blank#store-unavailable',
  title: 'The database cannot be reached',
  status: 503,
  detail: 'The connection was refused.',
  instance: 'request-3',
  code: 'store-unavailable',
  retryable: true,
};

async function chooseTwo(page: Page): Promise<void> {
  await page.getByTestId(row).nth(0).getByRole('checkbox').click();
  await page.getByTestId(row).nth(1).getByRole('checkbox').click();
  await expect(page.getByTestId(actions).getByRole('button', { name: 'Resolve', exact: true })).toBeEnabled();
}

async function enterFirst(page: Page): Promise<void> {
  await page.getByTestId(row).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.line).first()).toBeVisible();
}
