import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const { configuration } = testIds;

test.beforeEach(async ({ page }) => {
  await page.goto('/plugins/loghunter-app');
  await expect(page.getByTestId(configuration.page)).toBeVisible();
});

async function save(page: Page, { url, secret }: { url?: string; secret?: string }): Promise<void> {
  if (url !== undefined) {
    await page.getByTestId(configuration.serverUrl).fill(url);
  }
  if (secret !== undefined) {
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByTestId(configuration.serverSecret).fill(secret);
  }
  await page.getByTestId(configuration.save).click();
  await expect(page.getByTestId(configuration.test)).toBeEnabled();
}

test('the connection test names each component', async ({ page }) => {
  await page.getByTestId(configuration.test).click();
  await expect(page.getByTestId(configuration.result)).toContainText('LogHunter answers');
  await expect(page.getByTestId(configuration.component)).toHaveCount(4);
});

test('the stored secret is never shown', async ({ page }) => {
  await expect(page.getByTestId(configuration.serverSecret)).toHaveValue('configured');
  await expect(page.getByTestId(configuration.serverSecret)).toBeDisabled();
});

test('an address that is none cannot be saved', async ({ page }) => {
  await page.getByTestId(configuration.serverUrl).fill('loghunter 8787');
  await expect(page.getByText('Enter a whole address')).toBeVisible();
  await expect(page.getByTestId(configuration.save)).toBeDisabled();
  await expect(page.getByTestId(configuration.test)).toBeDisabled();
});

test.describe('with a wrong secret', () => {
  test.use({ provokedStatuses: [403] });

  test('the test says that the server refuses it, until it is right again', async ({ page, servers }) => {
    await save(page, { secret: 'not the secret' });
    await page.getByTestId(configuration.test).click();
    await expect(page.getByTestId(configuration.result)).toContainText('The server refuses the shared secret');
    await save(page, { secret: servers.serverSecret });
    await page.getByTestId(configuration.test).click();
    await expect(page.getByTestId(configuration.result)).toContainText('LogHunter answers');
  });
});

test.describe('with a wrong address', () => {
  test.use({ provokedStatuses: [502, 404] });

  test.afterEach(async ({ page, servers }) => {
    await save(page, { url: servers.serverUrl });
  });

  test('the test tells an address where nobody answers', async ({ page }) => {
    await save(page, { url: 'http://127.0.0.1:9' });
    await page.getByTestId(configuration.test).click();
    await expect(page.getByTestId(configuration.result)).toContainText('The LogHunter server cannot be reached');
  });

  test('the test tells an address where something else answers', async ({ page, servers }) => {
    await save(page, { url: servers.url });
    await page.getByTestId(configuration.test).click();
    await expect(page.getByTestId(configuration.result)).toContainText('This is not a LogHunter server');
  });
});
