// Root causes and investigations in a real Grafana. Needs Grafana with the plugin provisioned and a login of admin.
import type { Page } from '@playwright/test';
import { expect, test } from '@grafana/plugin-e2e';
import { incidentTestIds } from '../../../src/incident-test-ids.ts';

const { rootCause, investigations } = incidentTestIds;

test.skip(!process.env.GRAFANA_URL, 'set GRAFANA_URL to a Grafana with the plugin to run this');
test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ page }) => {
  const login = await page.request.post('/login', {
    data: { user: process.env.GRAFANA_ADMIN_USER ?? 'admin', password: process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin' },
  });
  expect(login.ok()).toBe(true);
});

/** Asks about the last fifty minutes of a service that every installation with the demo's lines has. */
async function analyse(page: Page): Promise<void> {
  const service = process.env.LOGHUNTER_E2E_SERVICE ?? 'checkout';
  await page.goto(`/a/loghunter-app/root-cause?service=${service}&from=${Date.now() - 50 * 60_000}&to=${Date.now()}`);
  await page.getByRole('button', { name: 'Find cause' }).click();
  await expect(page.getByTestId(rootCause.summary)).toBeVisible({ timeout: 90_000 });
}

test('an analysis goes through the plugin proxy and ends in five lines', async ({ page }) => {
  await analyse(page);
  const summary = page.getByTestId(rootCause.summary);
  await expect(summary).toContainText(/confirmed|likely|inconclusive/);
  for (const line of ['Suspect', 'Since', 'Evidence', 'Next step']) {
    await expect(summary.locator('dt', { hasText: line })).toBeVisible();
  }
});

test('a quoted line is looked up in Loki, and its query opens in Explore', async ({ page }) => {
  await analyse(page);
  await expect(page.getByTestId(rootCause.quote).first()).toContainText(/verified|unverified/);
  await page.getByTestId(rootCause.finding).first().getByRole('link', { name: 'Open in Explore' }).click();
  await expect(page).toHaveURL(/\/explore\?/);
});

test('an analysis becomes an investigation with its history and its draft of a post-mortem', async ({ page }) => {
  await analyse(page);
  await page.getByRole('button', { name: 'To investigation' }).click();
  await page.getByRole('menuitem', { name: 'New investigation' }).click();
  const details = page.getByTestId(investigations.details);
  await details.getByLabel('Your comment').fill('Looked at it from Grafana.');
  await details.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(details).toContainText('Looked at it from Grafana.');
  await page.goto('/a/loghunter-app/investigations');
  await expect(page.getByRole('heading', { name: 'Investigations', level: 1 })).toBeVisible();
});
