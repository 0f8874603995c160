import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

async function openCluster(page: Page, text: string): Promise<void> {
  await page.goto(`/a/loghunter-app/clusters?from=now-2h&to=now&q=${encodeURIComponent(text)}`);
  await page.getByTestId(testIds.clusters.row).filter({ hasText: text }).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.page)).toBeVisible();
}

test('a cluster shows its template, facts, trend, lines and labels', async ({ page }) => {
  await openCluster(page, 'Received order');
  await expect(page.getByRole('heading', { name: 'Cluster in checkout' })).toBeVisible();
  await expect(page.getByTestId(testIds.cluster.facts)).toContainText(/Events in range[\d,]+/);
  await expect(page.getByTestId(testIds.cluster.trend).locator('canvas')).toBeVisible();
  await expect(page.getByTestId(testIds.cluster.trend)).toContainText('info');
  await expect(page.getByTestId(testIds.cluster.line).first()).toContainText('Received order');
  await expect(page.getByTestId(testIds.cluster.labels)).toContainText('%');
});

test('a line shows which of its text was masked and why', async ({ page }) => {
  await openCluster(page, 'Received order');
  const span = page.getByTestId(testIds.cluster.line).first().getByTestId(testIds.cluster.span).first();
  await expect(span).toHaveAttribute('title', /Masked: \w+/);
  await page.getByText('Why here').click();
  await expect(span).toBeHidden();
});

test('a line opens to its labels', async ({ page }) => {
  await openCluster(page, 'Received order');
  const line = page.getByTestId(testIds.cluster.line).first();
  await line.getByRole('button', { name: 'Show labels' }).click();
  await expect(line.getByRole('row', { name: 'service_name checkout' })).toBeVisible();
});

test('a copied link to a line leads to it, however many lines came after it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openCluster(page, 'Received order');
  const line = page.getByTestId(testIds.cluster.line).last();
  const time = (await line.getByRole('time').getAttribute('datetime')) ?? '';
  await line.getByRole('button', { name: 'Copy link to this line' }).click();
  await page.goto(await page.evaluate<string>('navigator.clipboard.readText()'));
  const opened = page.getByTestId(testIds.cluster.line).filter({
    has: page.getByRole('button', { name: 'Hide labels' }),
  });
  await expect(opened.getByRole('time')).toHaveAttribute('datetime', time);
});

test('a stack trace is folded and opens', async ({ page }) => {
  await openCluster(page, 'PaymentUnavailableException');
  const line = page.getByTestId(testIds.cluster.line).first();
  const more = line.getByRole('button', { name: /Show \d+ more lines/ });
  await more.click();
  await expect(line.getByRole('button', { name: 'Show less' })).toHaveAttribute('aria-expanded', 'true');
  await expect(line).toContainText('Caused by');
});

// The data source that it names is the preview's.
test('the link to Explore carries query and range', { tag: '@preview' }, async ({ page }) => {
  await openCluster(page, 'Received order');
  const href = await page.getByRole('link', { name: 'Open in Explore' }).getAttribute('href');
  const search = new URL(href ?? '', 'http://127.0.0.1').searchParams;
  const { loghunter } = JSON.parse(search.get('panes') ?? '');
  expect(search.get('schemaVersion')).toBe('1');
  expect(loghunter.datasource).toBe('loghunter-embedded');
  expect(loghunter.queries[0].expr).toContain('{');
  expect(Number(loghunter.range.to) - Number(loghunter.range.from)).toBeGreaterThan(7_000_000);
});

test('going back to the list keeps its filter', async ({ page }) => {
  await openCluster(page, 'Received order');
  await page.goBack();
  await expect(page.getByLabel('Filter by text of the template')).toHaveValue('Received order');
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
});

test('the breadcrumb leads back to the list with range and filter', async ({ page }) => {
  await openCluster(page, 'Received order');
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Clusters' }).click();
  await expect(page).toHaveURL(/from=now-2h/);
  await expect(page.getByLabel('Filter by text of the template')).toHaveValue('Received order');
});

test('a reload shows the same cluster again', async ({ page }) => {
  await openCluster(page, 'Received order');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Cluster in checkout' })).toBeVisible();
  await expect(page.getByTestId(testIds.cluster.line).first()).toContainText('Received order');
});

test.describe('a cluster that does not exist', () => {
  test.use({ provokedStatuses: [404] });

  test('is told with the request id', async ({ page }) => {
    await page.goto('/a/loghunter-app/clusters/00000000-0000-4000-8000-000000000000?from=now-2h&to=now');
    await expect(page.getByTestId(testIds.problem)).toContainText('Not found');
    await expect(page.getByTestId(testIds.problem)).toContainText('Request id');
  });
});

test('each number has the LogQL behind it, to copy and to open in Explore', async ({ page }) => {
  await openCluster(page, 'Received order');
  await page.getByRole('button', { name: 'LogQL of “Lines in range”' }).click();
  await expect(page.getByText(/^sum\(count_over_time\(\{/)).toBeVisible();
  const link = page.getByRole('link', { name: 'Open in Explore' }).last();
  const search = new URL((await link.getAttribute('href')) ?? '', 'http://127.0.0.1').searchParams;
  expect(JSON.parse(search.get('panes') ?? '').loghunter.queries[0]).toMatchObject({
    expr: expect.stringContaining('count_over_time'),
    queryType: 'instant',
  });
});

test('related clusters come and go in the same minutes, and lead to their own pages', async ({ page }) => {
  await openCluster(page, 'PaymentUnavailableException');
  await page.getByRole('tab', { name: 'Related clusters' }).click();
  const related = page.getByTestId(testIds.cluster.relatedRow);
  await expect(related.filter({ hasText: 'pool exhausted' })).toContainText('payments');
  await expect(page.getByTestId(testIds.cluster.related)).toContainText(/events in \d+ of \d+ minutes/);
  await page.getByRole('button', { name: 'Look for the same traces' }).click();
  await expect(page.getByTestId(testIds.cluster.traces)).toContainText(/names a trace|of \d+ traces? read/);
  await related.filter({ hasText: 'pool exhausted' }).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Cluster in payments' })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('from')).toBe('now-2h');
  expect(new URL(page.url()).searchParams.has('view')).toBe(false);
});

test('first and last line stand with their time and lead to the lines around them; releases are named', async ({
  page,
}) => {
  await openCluster(page, 'PaymentUnavailableException');
  const facts = page.getByTestId(testIds.cluster.facts);
  await expect(page.getByTestId(testIds.cluster.releases)).toContainText(/First seen in\d/);
  const first = facts.getByRole('link').first();
  await expect(first).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await first.click();
  await expect(page.getByTestId(testIds.cluster.line).first()).toContainText('PaymentUnavailableException');
  // Grafana writes moments as texts.
  const lengthMs = () => {
    const { searchParams } = new URL(page.url());
    return Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
  };
  await expect.poll(lengthMs).toBe(600_000);
});
