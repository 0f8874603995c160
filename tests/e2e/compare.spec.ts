import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const { compare } = testIds;

async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('combobox', { name: label, exact: true }).fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
}

test('two values of a label are compared by their clusters, kept in the URL and swapped', async ({ page }) => {
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now');
  await page.getByRole('radio', { name: 'Values of a label' }).check({ force: true });
  await expect(page.getByText('Choose two sides')).toBeVisible();
  await choose(page, 'Label', 'node');
  await choose(page, 'Value', 'worker-1');
  await choose(page, 'with value', 'worker-2');
  await expect(page.getByTestId(compare.sides)).toContainText('node=worker-1');
  // Both sides are of one range: said once.
  await expect(page.getByTestId(testIds.coverage)).toHaveText(/^Rests on .* lines/);
  await expect(page.getByTestId(compare.row).first()).toBeVisible();
  await page.reload();
  await expect(page.getByTestId(compare.sides)).toContainText('node=worker-2');
  await page.getByRole('button', { name: 'Swap the sides' }).click();
  await expect(page.getByTestId(compare.sides).getByRole('heading').first()).toHaveText('node=worker-2');
});

test('two services are compared by what they say', async ({ page }) => {
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now&what=service&left=checkout&right=payments');
  await expect(page.getByTestId(compare.sides).getByRole('heading').first()).toHaveText('checkout');
  await expect(page.getByTestId(compare.row).first()).toBeVisible();
});

test('a click on a range of the graph does not write it out', async ({ page }) => {
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now');
  await page
    .getByTestId(compare.graph)
    .getByRole('button', { name: /^After: \d/ })
    .click();
  await expect(page.getByTestId(compare.row).first()).toBeVisible();
  await expect(page).toHaveURL(/from=now-1h&to=now/);
});

test('before and after a deploy names it, and another range lets it go', async ({ page }) => {
  const body = { service: 'checkout', version: 'e2e-1', at: String(Date.now() - 1_800_000) };
  const made = await page.request.post('/api/plugin-proxy/loghunter-app/bff/api/v1/deploys', { data: body });
  expect(made.status(), await made.text()).toBe(201);
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now');
  await expect(page.getByTestId(testIds.coverage)).toHaveText([
    /^Before: Rests on .* lines/,
    /^After: Rests on .* lines/,
  ]);
  await page.getByRole('combobox', { name: 'Before and after a deploy …' }).click();
  await page.getByRole('option', { name: /checkout e2e-1/ }).click();
  await expect(page.getByTestId(compare.sides)).toContainText('Before checkout e2e-1');
  await expect(page.getByTestId(compare.sides)).toContainText('After checkout e2e-1');
  await page.reload();
  await expect(page.getByTestId(compare.sides)).toContainText('After checkout e2e-1');
  await page.getByRole('button', { name: /^After: start/ }).press('ArrowRight');
  await expect(page.getByTestId(compare.sides)).not.toContainText('e2e-1');
});
