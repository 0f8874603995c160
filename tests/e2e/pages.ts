// Every page of the plugin, for the specs that go through all of them.
import { expect, type Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { watchPluginCalls } from './plugin-calls.ts';
import { eventAnswer, eventId, incidentId, recordedIncident, recordIncident, recordList } from './recorded-incident.ts';

export interface PluginPage {
  /** Also the name of its picture. */
  readonly name: string;
  /** With `?`: theme and role are added. */
  readonly path: string;
  /** Test id of what shows that it is drawn. */
  readonly ready: string;
  /** Answers that the real server cannot be made to give at once. */
  readonly record?: (page: Page) => Promise<unknown>;
  /** On the way from the path to what is meant, such as from a list to its first entry. */
  readonly arrive?: (page: Page) => Promise<void>;
  /** Shown while a call fails or has no answer. */
  readonly neverSettles?: boolean;
}

const app = '/a/loghunter-app';
const range = 'from=now-2h&to=now';
const { anomalies, rootCause, investigations } = incidentTestIds;

export const pluginPages: readonly PluginPage[] = [
  { name: 'overview', path: `${app}/overview?${range}`, ready: testIds.overview.sources },
  { name: 'clusters', path: `${app}/clusters?${range}`, ready: testIds.clusters.row },
  {
    name: 'cluster',
    path: `${app}/clusters?${range}&q=PaymentUnavailable`,
    ready: testIds.clusters.row,
    arrive: async (page) => {
      await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
      await expect(page.getByTestId(testIds.cluster.line).first()).toBeVisible();
    },
  },
  { name: 'compare', path: `${app}/compare?${range}`, ready: testIds.compare.sides },
  { name: 'rules', path: `${app}/cluster-rules?`, ready: testIds.rules.page },
  {
    name: 'anomalies',
    path: `${app}/anomalies?`,
    ready: anomalies.row,
    record: (page) => recordList(page, [recordedIncident()]),
  },
  {
    name: 'incident',
    path: `${app}/anomalies/incidents/${incidentId}?`,
    ready: anomalies.eventRow,
    record: recordIncident,
  },
  {
    name: 'anomaly-event',
    path: `${app}/anomalies/events/${eventId}?`,
    ready: anomalies.event,
    record: (page) =>
      page.route(`**/bff/api/v1/anomaly-events/${eventId}`, (route) => route.fulfill({ json: eventAnswer() })),
  },
  { name: 'held-back', path: `${app}/anomalies/suppressions?`, ready: anomalies.suppressions },
  { name: 'deploys', path: `${app}/anomalies/deploys?`, ready: anomalies.deploys },
  { name: 'rehearsal', path: `${app}/anomalies/rehearsal?`, ready: anomalies.rehearsal },
  { name: 'root-cause', path: `${app}/root-cause?`, ready: rootCause.page },
  {
    name: 'analysis',
    path: `${app}/root-cause?service=checkout&from=${Date.now() - 3_000_000}&to=${Date.now()}`,
    ready: rootCause.page,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'Find cause' }).click();
      await expect(page.getByTestId(rootCause.summary)).toBeVisible({ timeout: 60_000 });
    },
  },
  { name: 'investigations', path: `${app}/investigations?`, ready: investigations.page },
  {
    name: 'investigation',
    path: `${app}/investigations?`,
    ready: investigations.page,
    arrive: async (page) => {
      await page.getByRole('button', { name: 'New investigation' }).click();
      await page.getByLabel('What is it about?').fill(`Checkout is slow since noon, ${Date.now()}`);
      await page.keyboard.press('Enter');
      await expect(page.getByTestId(investigations.details)).toBeVisible();
    },
  },
  { name: 'search', path: `${app}/search?${range}&text=order`, ready: testIds.search.group },
  { name: 'administration-health', path: `${app}/administration/health?`, ready: testIds.administration.check },
  {
    name: 'administration-settings',
    path: `${app}/administration/settings?`,
    ready: `${testIds.administration.setting} retentionDays`,
  },
  {
    name: 'administration-redaction',
    path: `${app}/administration/redaction?`,
    ready: testIds.administration.redactionRules,
  },
  {
    name: 'administration-notifications',
    path: `${app}/administration/notifications?`,
    ready: testIds.administration.notifications,
  },
  { name: 'administration-models', path: `${app}/administration/models?`, ready: testIds.administration.modelSettings },
  { name: 'administration-keys', path: `${app}/administration/keys?`, ready: testIds.administration.keys },
  { name: 'administration-tenants', path: `${app}/administration/tenants?`, ready: testIds.administration.tenantList },
  { name: 'administration-jobs', path: `${app}/administration/jobs?`, ready: testIds.administration.jobs },
  { name: 'administration-audit', path: `${app}/administration/audit?`, ready: testIds.administration.auditTable },
  { name: 'configuration', path: '/plugins/loghunter-app?', ready: testIds.configuration.page },
];

/** What other apps show of the plugin. */
export const doors: PluginPage = { name: 'doors', path: '/doors?', ready: testIds.doors.clusterList };

/** Opens a page as an administrator, and waits until it is drawn and all its calls are answered, none with a failure. */
export async function openPluginPage(page: Page, wanted: PluginPage, theme: 'dark' | 'light'): Promise<void> {
  const address = `${wanted.path}${wanted.path.endsWith('?') ? '' : '&'}theme=${theme}&role=Admin&user=admin`;
  await arriveAt(page, wanted, () => page.goto(address));
}

/** The same in a tab that shows the app already, whose start is not paid for again. */
export async function switchToPluginPage(page: Page, wanted: PluginPage): Promise<void> {
  await arriveAt(page, wanted, () => goInside(page, wanted.path));
}

async function arriveAt(page: Page, wanted: PluginPage, go: () => Promise<unknown>): Promise<void> {
  await wanted.record?.(page);
  const calls = watchPluginCalls(page);
  await go();
  await expect(page.getByTestId(wanted.ready).first()).toBeVisible();
  await wanted.arrive?.(page);
  if (wanted.neverSettles !== true) {
    await calls.settled();
    expect(calls.refused).toEqual([]);
  }
}

/** What a click on a link of the app does. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate(`
    history.pushState({}, '', ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));`);
}
