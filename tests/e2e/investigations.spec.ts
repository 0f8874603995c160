// Investigations on the real server.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const { investigations } = incidentTestIds;
const app = '/a/loghunter-app/investigations';

async function openNew(page: Page, title: string): Promise<void> {
  await page.goto(app);
  await page.getByRole('button', { name: 'New investigation' }).click();
  await page.getByLabel('What is it about?').fill(title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

test('a case is opened, commented, resolved and found again', async ({ page }) => {
  const title = `Checkout down ${Date.now()}`;
  await openNew(page, title);
  await expect(page.getByTestId(testIds.coverage)).toContainText(/Rests on .* lines/);
  await page.getByLabel('Your comment').fill('The pool was halved.\nRolling back.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId(investigations.comment)).toContainText('Rolling back.');
  await page.getByRole('button', { name: 'Write' }).click();
  await page.getByRole('textbox', { name: 'What it was and what helped' }).fill('A halved pool; v2.13 helped.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('radio', { name: 'resolved' }).click({ force: true });
  await expect(page.getByTestId(investigations.timeline)).toContainText('resolved');
  await page.goto(`${app}?state=resolved&q=halved`);
  await expect(page.getByTestId(investigations.row).filter({ hasText: title })).toBeVisible();
});

test('a case is renamed', async ({ page }) => {
  await openNew(page, `Old name ${Date.now()}`);
  const title = `New name ${Date.now()}`;
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Title').fill(title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
});

test('two people at once: what one writes, changes and opens the other sees within five seconds', async ({
  page,
  openAs,
}) => {
  const pushed = { timeout: 5000 };
  const title = `Together ${Date.now()}`;
  await openNew(page, title);
  const other = await openAs('grace', 'Editor');
  await other.goto(new URL(page.url()).pathname);
  await other.getByLabel('Your comment').fill('The pool was halved.');
  await other.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(other.getByTestId(investigations.comment)).toContainText('The pool was halved.');
  await expect(page.getByTestId(investigations.comment)).toContainText('The pool was halved.', pushed);
  await other.getByRole('radio', { name: 'mitigated' }).click({ force: true });
  await expect(page.getByRole('radio', { name: 'mitigated' })).toBeChecked(pushed);
  await page.getByRole('link', { name: 'Investigations' }).last().click();
  await expect(page.getByTestId(investigations.row).filter({ hasText: title })).toBeVisible();
  await other.goto(app);
  await other.getByRole('button', { name: 'New investigation' }).click();
  await other.getByLabel('What is it about?').fill(`${title}, again`);
  await other.keyboard.press('Enter');
  await expect(other.getByRole('heading', { name: `${title}, again`, level: 1 })).toBeVisible();
  await expect(page.getByTestId(investigations.row).filter({ hasText: `${title}, again` })).toBeVisible(pushed);
});

test('a case becomes a draft of a post-mortem', async ({ page }) => {
  const title = `Post-mortem ${Date.now()}`;
  await openNew(page, title);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as Markdown' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.md$/);
  expect(await readFile(await download.path(), 'utf8')).toContain(title);
});

test('text in a comment stays text', async ({ page }) => {
  await openNew(page, `Hostile ${Date.now()}`);
  await page.getByLabel('Your comment').fill('<img src=x onerror=alert(1)> [x](javascript:alert(1))');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByTestId(investigations.comment)).toContainText('<img src=x onerror=alert(1)>');
  await expect(page.getByTestId(investigations.comment).locator('img')).toHaveCount(0);
});

test('a viewer reads a case and cannot change it', async ({ page, signIn }) => {
  await openNew(page, `Read only ${Date.now()}`);
  await signIn(page, 'vera', 'Viewer');
  await page.reload();
  await expect(page.getByText('Writing needs the role Editor.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rename' })).toBeHidden();
});

test('a list without a match says so', async ({ page }) => {
  await page.goto(`${app}?q=nothing-is-called-this`);
  await expect(page.getByTestId(testIds.empty)).toContainText('No investigation matches');
});

test.describe('when saving fails', () => {
  test.use({ provokedStatuses: [503] });

  test('what was typed stays', async ({ page }) => {
    await openNew(page, `Failing ${Date.now()}`);
    const problem = {
      type: 'about:blank#store-unavailable',
      title: 'The database cannot be reached',
      status: 503,
      detail: 'The connection was refused.',
      instance: 'request-9',
      code: 'store-unavailable',
      retryable: true,
    };
    await page.route('**/comments', (route) => route.fulfill({ status: 503, json: problem }));
    await page.getByLabel('Your comment').fill('Do not lose me');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(page.getByTestId(testIds.problem)).toContainText('The connection was refused.');
    await expect(page.getByLabel('Your comment')).toHaveValue('Do not lose me');
  });
});
