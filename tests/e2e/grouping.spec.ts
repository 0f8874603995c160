// Rules of people, made on a cluster's page and taken back; and the comparison.
import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

async function openCluster(page: Page, text: string): Promise<void> {
  await page.goto(`/a/loghunter-app/clusters?from=now-2h&to=now&state=all&q=${encodeURIComponent(text)}`);
  await page.getByTestId(testIds.clusters.row).filter({ hasText: text }).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.page)).toBeVisible();
}

async function startRule(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Grouping' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a renamed cluster has its title, and the rule is listed and undone', async ({ page }) => {
  await openCluster(page, 'recommendations served');
  await startRule(page, 'Rename …');
  await page.getByLabel('Title').fill('Recommendations went out');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Recommendations went out' })).toBeVisible();
  await page.goto('/a/loghunter-app/cluster-rules');
  const rule = page.getByTestId(testIds.rules.row).filter({ hasText: 'Recommendations went out' }).first();
  await expect(rule).toContainText('by admin');
  await rule.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId(testIds.rules.row).filter({ hasText: 'Recommendations went out' })).toHaveCount(0);
});

test('two people at once: rules that one makes and undoes are there for the other within five seconds', async ({
  page,
  openAs,
}) => {
  const pushed = { timeout: 5000 };
  await openCluster(page, 'recommendations served');
  const clusterAddress = page.url();
  const other = await openAs('grace', 'Editor');
  await other.goto('/a/loghunter-app/cluster-rules');
  await expect(other.getByTestId(testIds.rules.owners)).toBeVisible();
  await startRule(page, 'Rename …');
  await page.getByLabel('Title').fill('Pushed to the other');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  // The five seconds begin when it is done, however busy the machine is.
  await expect(page.getByRole('heading', { name: 'Pushed to the other' })).toBeVisible();
  const rule = other.getByTestId(testIds.rules.row).filter({ hasText: 'Pushed to the other' });
  await expect(rule).toBeVisible(pushed);
  await page.goto('/a/loghunter-app/cluster-rules');
  await expect(page.getByTestId(testIds.rules.row).filter({ hasText: 'Pushed to the other' })).toBeVisible();
  const third = await other.context().newPage();
  const listening = third.waitForResponse(/\/api\/v1\/live/);
  await third.goto(clusterAddress);
  await listening;
  await expect(third.getByRole('heading', { name: 'Pushed to the other' })).toBeVisible();
  await rule.getByRole('button', { name: 'Undo' }).click();
  await expect(rule).toHaveCount(0);
  await expect(page.getByTestId(testIds.rules.row).filter({ hasText: 'Pushed to the other' })).toHaveCount(0, pushed);
  await expect(third.getByRole('heading', { name: 'Pushed to the other' })).toHaveCount(0, pushed);

  const owners = other.getByTestId(testIds.rules.owners);
  await owners.getByRole('combobox', { name: 'Label of the streams' }).click();
  await other.getByRole('option', { name: 'namespace', exact: true }).click();
  await owners.getByRole('textbox', { name: 'Value' }).fill('e2e-pushed');
  await owners.getByRole('combobox', { name: 'Owner' }).fill('night shift');
  await other.getByRole('option', { name: /night shift/ }).click();
  await owners.getByRole('button', { name: 'Add owner rule' }).click();
  const owned = page.getByTestId(testIds.rules.ownerRow).filter({ hasText: 'namespace=e2e-pushed' });
  const own = other.getByTestId(testIds.rules.ownerRow).filter({ hasText: 'namespace=e2e-pushed' });
  await expect(own).toBeVisible();
  await expect(owned).toBeVisible(pushed);
  await own.getByRole('button', { name: 'End', exact: true }).click();
  await own.getByRole('button', { name: 'End it' }).click();
  await expect(own).toHaveCount(0);
  await expect(owned).toHaveCount(0, pushed);
});

test('a mask says what it would do before it is made', async ({ page }) => {
  await openCluster(page, 'search page served');
  await startRule(page, 'Mask a word …');
  const word = page.getByRole('group', { name: 'Word that varies' });
  await word.getByRole('button', { name: 'page' }).click();
  await expect(page.getByTestId(testIds.rules.preview)).toContainText('No cluster that is known would change');
  // “article page served” differs in this word only.
  await word.getByRole('button', { name: 'search' }).click();
  await expect(page.getByTestId(testIds.rules.preview)).toContainText(/Of the newest [1-9][\d,]* events? here/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId(testIds.rules.preview)).toBeHidden();
});

test('a split shows the clusters that its lines would go to', async ({ page }) => {
  await openCluster(page, 'Received order');
  await startRule(page, 'Split by a value …');
  await page.getByRole('group', { name: 'Place whose value decides' }).getByRole('button').nth(1).click();
  await expect(page.getByTestId(testIds.rules.preview)).toContainText(/They would go to \d+ clusters/);
});

test('a click on a value shows the lines that hold it', async ({ page }) => {
  await openCluster(page, 'Received order');
  const value = page.getByTestId(testIds.cluster.values).getByRole('button').last();
  const text = (await value.getAttribute('title'))?.replace(/: [^:]*$/, '') ?? '';
  await value.click();
  await expect(page).toHaveURL(/[?&]lines=/);
  await expect(page.getByTestId(testIds.cluster.lines)).toContainText(`hold “${text}”`);
  await page.getByRole('button', { name: 'Show all lines' }).click();
  await expect(page).not.toHaveURL(/[?&]lines=/);
});

test('a stack trace shows the frames of the application', async ({ page }) => {
  await openCluster(page, 'PaymentUnavailableException');
  const trace = page.getByTestId(testIds.cluster.trace);
  await expect(trace.getByTestId(testIds.cluster.ownFrame).first()).toContainText('com.example.shop');
  const folded = trace.getByRole('button', { name: /frames of libraries/ }).first();
  const before = await trace.getByRole('listitem').count();
  await folded.click();
  expect(await trace.getByRole('listitem').count()).toBeGreaterThan(before);
});

test('a line says why it is here', async ({ page }) => {
  await openCluster(page, 'Received order');
  const line = page.getByTestId(testIds.cluster.line).first();
  await line.getByRole('button', { name: 'Show labels' }).click();
  await expect(line.getByTestId(testIds.cluster.explanation)).toContainText('By itself the line belongs to');
});

test('the comparison finds what is new since the incident', async ({ page }) => {
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now');
  await expect(page.getByTestId(testIds.compare.sides)).toContainText('Before');
  const rows = page.getByTestId(testIds.compare.row);
  await expect(rows.first()).toContainText('New');
  await page.getByRole('button', { name: 'Gone', exact: true }).click();
  await expect(page).toHaveURL(/kind=gone/);
  await page.getByRole('button', { name: 'Gone', exact: true }).click();
  await rows.filter({ hasText: 'pool exhausted' }).first().getByRole('link').click();
  await expect(page.getByTestId(testIds.cluster.page)).toContainText('pool exhausted');
  await page.goBack();
  await expect(rows.first()).toContainText('New');
});
