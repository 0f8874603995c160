import { testIds } from '../../src/test-ids.ts';
import { components } from './grafana-selectors.ts';
import { expect, test } from './plugin-test.ts';

const clusters = '/a/loghunter-app/clusters?from=now-2h&to=now';

test.beforeEach(async ({ page }) => {
  await page.goto(clusters);
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
});

test('the list shows clusters of the demo with their figures', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Clusters', level: 1 })).toBeVisible();
  await expect(page.getByTestId(testIds.clusters.summary)).toContainText(
    /[\d,]+ clusters, [\d,]+ events in [\d,]+ lines/
  );
  const row = page.getByTestId(testIds.clusters.row).first();
  await expect(row.getByRole('link')).not.toBeEmpty();
  await expect(row.getByRole('img', { name: /Events over time/ })).toBeVisible();
  await expect(row).toContainText(/ago|just now/);
});

test('a variable place of a template is marked with its type', async ({ page }) => {
  await page.getByLabel('Filter by text of the template').fill('Received order');
  const template = page.getByTestId(testIds.clusters.template).filter({ hasText: 'Received order' }).first();
  await expect(template.getByTitle('Variable place: number').first()).toBeVisible();
});

test('text and level filters narrow the list and go into the URL', async ({ page }) => {
  await page.getByLabel('Filter by text of the template').fill('payments');
  await expect(page).toHaveURL(/[?&]q=payments/);
  await page.getByRole('button', { name: 'error', exact: true }).click();
  await expect(page).toHaveURL(/[?&]level=error/);
  const rows = page.getByTestId(testIds.clusters.row);
  await expect(rows.first()).toContainText('error');
  await expect(rows.filter({ hasText: /payments/i }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'error', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('choosing a service leaves only its clusters', async ({ page }) => {
  const before = await page.getByTestId(testIds.clusters.summary).textContent();
  await page.goto(`${clusters}&var-service=checkout`);
  await expect(page.getByTestId(testIds.clusters.summary)).not.toHaveText(before ?? '');
  for (const row of await page.getByTestId(testIds.clusters.row).all()) {
    await expect(row).toContainText('checkout');
  }
});

// Grafana's frame has comboboxes of its own.
test('the service variable offers the services that have streams', { tag: '@preview' }, async ({ page }) => {
  await page.getByRole('combobox').nth(2).click();
  await expect(page.getByRole('option', { name: 'checkout' })).toBeVisible();
  await page.getByRole('option', { name: 'checkout' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Clusters', level: 1 }).click();
  await expect(page).toHaveURL(/var-service=checkout/);
});

test('a click on a header sorts, a second click turns the order', async ({ page }) => {
  const header = page.getByRole('columnheader', { name: 'Last seen' });
  await header.getByRole('button').click();
  await expect(page).toHaveURL(/[?&]sort=lastSeen/);
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await header.getByRole('button').click();
  await expect(page).toHaveURL(/[?&]order=asc/);
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
});

test('scrolling reaches the last cluster, and the head stays in view', async ({ page }) => {
  const rowCount = Number(await page.getByRole('table', { name: 'Clusters' }).getAttribute('aria-rowcount'));
  await page.mouse.wheel(0, 100_000);
  await expect(page.locator(`[aria-rowindex="${rowCount}"]`)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Events' })).toBeInViewport();
  expect(await page.getByTestId(testIds.clusters.row).count()).toBeLessThan(60);
});

test('several levels at once survive a reload', async ({ page }) => {
  await page.getByRole('button', { name: 'error', exact: true }).click();
  await page.getByRole('button', { name: 'fatal', exact: true }).click();
  await expect(page).toHaveURL(/level=fatal&level=error/);
  await page.reload();
  for (const name of ['error', 'fatal']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
});

test('a reload keeps the view', async ({ page }) => {
  await page.getByLabel('Filter by text of the template').fill('order');
  await page.getByRole('columnheader', { name: 'First seen' }).getByRole('button').click();
  await expect(page).toHaveURL(/q=order.*sort=firstSeen|sort=firstSeen.*q=order/);
  const texts = page.getByTestId(testIds.clusters.template);
  await expect(texts.first()).toContainText(/order/i);
  await page.reload();
  await expect(page.getByLabel('Filter by text of the template')).toHaveValue('order');
  await expect(page.getByRole('columnheader', { name: 'First seen' })).toHaveAttribute('aria-sort', 'descending');
  await expect(texts.first()).toContainText(/order/i);
});

test('the time picker changes the range and the list follows', async ({ page }) => {
  const before = await page.getByTestId(testIds.clusters.summary).textContent();
  await page.getByTestId(components.TimePicker.openButton).click();
  await page.getByText('Last 5 minutes', { exact: true }).click();
  await expect(page).toHaveURL(/from=now-5m/);
  await expect(page.getByTestId(testIds.clusters.summary)).not.toHaveText(before ?? '');
});

test('the back button undoes a filter', async ({ page }) => {
  await page.getByRole('button', { name: 'fatal', exact: true }).click();
  await expect(page).toHaveURL(/level=fatal/);
  await page.goBack();
  await expect(page).not.toHaveURL(/level=fatal/);
  await expect(page.getByRole('button', { name: 'fatal', exact: true })).toHaveAttribute('aria-pressed', 'false');
});

test('filters that match nothing can be cleared from the empty list', async ({ page }) => {
  await page.getByLabel('Filter by text of the template').fill('no log line says this');
  await expect(page.getByTestId(testIds.empty)).toContainText('No cluster matches the filters');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  await expect(page).not.toHaveURL(/[?&]q=/);
});

test('a copied link keeps what is chosen and the range as it is now', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'error', exact: true }).click();
  await expect(page).toHaveURL(/level=error/);
  await page.getByRole('button', { name: 'Copy link to this page, with its time range fixed' }).click();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toMatch(/clusters\?.*from=\d{13}&to=\d{13}.*level=error/);
});
