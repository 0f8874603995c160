import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const ids = testIds.administration;

const tabs = ['health', 'settings', 'redaction', 'notifications', 'models', 'keys', 'tenants', 'jobs', 'audit'];

/** What only administrators may read. */
const adminPaths = [
  '/api/v1/installation-settings',
  '/api/v1/api-keys',
  '/api/v1/usage',
  '/api/v1/audit',
  '/api/v1/egress',
];

async function openTab(page: Page, tab: string): Promise<void> {
  await page.goto(`/a/loghunter-app/administration/${tab}`);
}

test('health names the components, what the log store has, and what is read', async ({ page }) => {
  await openTab(page, 'health');
  await expect(page.getByTestId(ids.health)).toContainText('Database: OK');
  await expect(page.getByRole('region', { name: 'Is my Loki ready?' })).toContainText('Connection: OK');
  await expect(page.getByRole('table', { name: 'What is read' })).toContainText('live');
});

test('an API key is shown once, listed without its middle, and ended', async ({ page }) => {
  await openTab(page, 'keys');
  await page.getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('the nightly report');
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = (await page.getByTestId(ids.secret).textContent()) ?? '';
  expect(key.length).toBeGreaterThan(30);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row', { name: /the nightly report/ });
  await expect(row).toContainText('active');
  await expect(page.getByText(key)).toBeHidden();
  await row.getByRole('button', { name: 'Revoke the nightly report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('revoked');
});

test('a setting says where it comes from, holds when it is set, and is what it was after a reset', async ({ page }) => {
  await openTab(page, 'settings');
  const setting = page.getByTestId(`${ids.setting} retentionDays`);
  await expect(setting).toContainText('default');
  await setting.getByRole('textbox').fill('9999');
  await expect(setting.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(setting.getByRole('alert')).toHaveText('1 to 90 days');
  await setting.getByRole('textbox').fill('30');
  await setting.getByRole('button', { name: 'Save' }).click();
  await expect(setting).toContainText('set here');
  await page.reload();
  await expect(setting.getByRole('textbox')).toHaveValue('30');
  const installation = page.getByTestId(ids.installation);
  const own = installation.getByRole('row', { name: /LOGHUNTER_RETENTION_DAYS/ });
  await expect(own).toContainText('30');
  await expect(own).toContainText('set here');
  await setting.getByRole('button', { name: 'Reset' }).click();
  await expect(setting).toContainText('default');
  const secret = installation.getByRole('row', { name: /LOGHUNTER_GRAFANA_SECRET / });
  await expect(secret).toContainText('set (not shown)');
  await expect(secret).toContainText('installation');
  await page.getByRole('textbox', { name: 'Filter by name or description' }).fill('scan_interval');
  await expect(installation.getByRole('row')).toHaveCount(2);
  await expect(installation).toContainText('2000');
});

test('a redaction rule is tried on real lines before it is kept', async ({ page }) => {
  await openTab(page, 'redaction');
  await page.getByRole('button', { name: 'New rule' }).click();
  const form = page.getByTestId(ids.newRule);
  await form.getByLabel('Name').fill('order');
  await form.getByRole('textbox', { name: /^Takes out/ }).fill('Received order');
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByTestId(ids.rulePreview)).toContainText(/takes something out of [\d,]+ of [\d,]+ lines/);
  await expect(page.getByRole('table', { name: 'Own rules' })).toBeHidden();
});

test('a job that is begun is listed until it has ended', async ({ page }) => {
  await openTab(page, 'jobs');
  await page.getByRole('button', { name: 'Verify the audit log' }).click();
  const row = page
    .getByTestId(ids.jobTable)
    .getByRole('row', { name: /Verify the audit log/ })
    .first();
  await expect(row).toContainText('done');
  await page.getByLabel('Days back from now').fill('2');
  await page.getByRole('button', { name: 'Read older lines' }).click();
  const backfill = page
    .getByTestId(ids.jobTable)
    .getByRole('row', { name: /Read older lines/ })
    .first();
  await expect(backfill).toContainText('done', { timeout: 20_000 });
});

test('the audit log shows who did what and is saved as a file', async ({ page }) => {
  await openTab(page, 'audit');
  await expect(page.getByTestId(ids.auditTable)).toContainText('admin');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await saved).suggestedFilename()).toBe('loghunter-audit.ndjson');
});

test('language models are switched off and on for all with one switch', async ({ page }) => {
  await openTab(page, 'models');
  await expect(page.getByTestId(ids.egressVerdict)).toContainText('Nothing has left the installation');
  const control = page.getByRole('switch', { name: 'Let language models explain' });
  const wasOn = await control.isChecked();
  await page.getByText('Let language models explain').click();
  await expect(control).toBeChecked({ checked: !wasOn });
  await page.reload();
  await expect(control).toBeChecked({ checked: !wasOn });
  await page.getByText('Let language models explain').click();
  await expect(control).toBeChecked({ checked: wasOn });
});

// Who is an operator is a setting of the server.
test(
  'an operator sees the tenants, an administrator who is none is told why not',
  { tag: '@preview' },
  async ({ page, signIn }) => {
    await openTab(page, 'tenants');
    await expect(page.getByTestId(ids.tenantList)).toContainText('default');
    await signIn(page, 'ada', 'Admin');
    await openTab(page, 'tenants');
    await expect(page.getByTestId(ids.tenants)).toContainText('LOGHUNTER_GRAFANA_OPERATORS');
    await expect(page.getByTestId(ids.tenantList)).toBeHidden();
  }
);

test.describe('whoever is no administrator', () => {
  test.use({ provokedStatuses: [403] });

  // Grafana itself turns others away from the address; the preview shows what the server says to them.
  for (const role of ['Editor', 'Viewer'] as const) {
    test(
      `finds no link in the menu, is told once on each tab, and is refused by the server: ${role}`,
      { tag: '@preview' },
      async ({ page, signIn }) => {
        await signIn(page, role === 'Editor' ? 'ada' : 'vera', role);
        for (const tab of tabs) {
          const told = page.waitForResponse(/\/identity/);
          await openTab(page, tab);
          await told;
          await expect(page.getByText('These pages need the role Admin')).toBeVisible();
          await expect(page.getByTestId(testIds.problem)).toHaveCount(1);
          await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
          await expect(page.getByRole('main').getByRole('switch')).toHaveCount(0);
        }
        await expect(page.getByRole('navigation', { name: 'Menu' }).getByText('Administration')).toBeHidden();
        // Whatever a page may show: the server decides, over either way of the plugin's.
        for (const path of adminPaths) {
          for (const way of ['bff', 'admin']) {
            const answer = await page.request.get(`/api/plugin-proxy/loghunter-app/${way}${path}`);
            expect([way, path, answer.status()]).toEqual([way, path, 403]);
          }
        }
      }
    );
  }
});
