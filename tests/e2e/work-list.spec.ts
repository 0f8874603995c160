// What people do with clusters: keys, many at once, undo, comments, and two people at the same time.
import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const clusters = '/a/loghunter-app/clusters?from=now-2h&to=now';
const { row, actions } = testIds.clusters;

async function openList(page: Page, search: string): Promise<void> {
  await page.goto(`${clusters}&${search}`);
  await expect(page.getByTestId(row).first()).toBeVisible();
}

/** Keys do what the buttons do, and these wait for what the reader may. */
async function untilAllowed(page: Page): Promise<void> {
  await expect(page.getByTestId(actions).getByRole('button', { name: 'Resolve', exact: true })).toBeEnabled();
}

function stateOf(page: Page, template: string) {
  return page.getByTestId(row).filter({ hasText: template }).first().getByTestId(testIds.state);
}

test('several clusters are resolved at once, and undo brings them back', async ({ page }) => {
  await openList(page, 'q=cart&sort=lastSeen');
  const rows = page.getByTestId(row);
  const before = await rows.nth(0).getByTestId(testIds.state).textContent();
  await rows.nth(0).getByRole('checkbox').click();
  await rows
    .nth(1)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await expect(page.getByTestId(actions)).toContainText('2 clusters chosen');
  await page.getByTestId(actions).getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.getByTestId(testIds.toast)).toContainText('2 clusters resolved');
  // They stay where they are, so that nothing moves under the pointer.
  await expect(rows.nth(0).getByTestId(testIds.state)).toHaveText('Resolved');
  await page.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId(testIds.toast)).toContainText('Undone for 2 clusters');
  await expect(rows.nth(0).getByTestId(testIds.state)).toHaveText(before ?? '');
});

test('all that match are changed at once, also those that nobody scrolled to, and undone as one; news to others only', async ({
  page,
  openAs,
}) => {
  const search = 'state=all&level=info';
  await openList(page, search);
  const other = await openAs('grace', 'Editor');
  await other.goto(`${clusters}&${search}`);
  await expect(other.getByTestId(row).first()).toBeVisible();
  const total = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await page
    .getByTestId(actions)
    .getByRole('button', { name: `Choose all ${total} that match` })
    .click();
  await expect(page.getByTestId(actions)).toContainText(`All ${total} clusters chosen`);
  await untilAllowed(page);
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByLabel('Name of a person or a team').fill('night shift');
  await expect(page.getByRole('dialog').getByRole('button', { name: /night shift/ })).toBeVisible();
  await page.keyboard.press('Enter');
  if (total > 100) {
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Change/ })
      .click();
  }
  await expect(page.getByTestId(testIds.toast)).toContainText(`${total} clusters assigned to night shift`);
  await expect(page.getByTestId(row).last()).toContainText('NS');
  expect(total).toBeGreaterThan(20);
  await expect(other.getByTestId(testIds.clusters.newcomers)).toBeVisible({ timeout: 5000 });
  // What the other has heard this one has heard as well.
  await expect(page.getByTestId(testIds.clusters.newcomers)).toHaveCount(0);
  await page.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId(testIds.toast)).toContainText(`Undone for ${total} clusters`);
  await expect(page.getByTestId(row).last()).not.toContainText('NS');
});

test('a click on the trend sorts by what rises, and Mine shows what is the reader’s', async ({ page }) => {
  await openList(page, 'state=all');
  await page.getByRole('columnheader', { name: 'Trend' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=trend/);
  await expect(page.getByRole('columnheader', { name: 'Trend' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByTestId(row).first()).toBeVisible();
  await page.getByRole('button', { name: 'Mine', exact: true }).click();
  await expect(page).toHaveURL(/assignee=me/);
});

test('the list is exported in the background, saved when it is there, and its file deleted by who began it', async ({
  page,
}) => {
  await openList(page, 'state=all');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'JSON' }).click();
  const fileName = (await saved).suggestedFilename();
  expect(fileName).toMatch(/^loghunter-clusters-.*\.json$/);
  await expect(page.getByTestId(testIds.exportPanel)).toContainText(/Exported all [\d,]+ rows/);
  await page.getByTestId(testIds.exportPanel).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId(testIds.exportPanel)).toBeHidden();
  // It takes of the room that all share until its owner deletes it.
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Kept exports …' }).click();
  const kept = page.getByTestId(testIds.keptExports).getByRole('listitem').filter({ hasText: fileName });
  await expect(kept).toHaveCount(1);
  await kept.getByRole('button', { name: 'Delete file' }).click();
  await kept.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(kept).toHaveCount(0);
});

test('keys move, choose, ignore and open', async ({ page }) => {
  await openList(page, 'var-service=inventory');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByTestId(row).nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await expect(page.getByTestId(actions)).toContainText('1 cluster chosen');
  await untilAllowed(page);
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: 'For an hour' }).click();
  await expect(page.getByTestId(row).first().getByTestId(testIds.state)).toHaveText('Ignored');
  await page.getByTestId(testIds.toast).getByRole('button', { name: 'Undo' }).click();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter by text of the template')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByTestId(row).first().getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.cluster.page)).toBeVisible();
});

test('a list that a link leads to has nothing chosen in it', async ({ page }) => {
  await page.goto('/a/loghunter-app/overview?from=now-2h&to=now');
  const figures = page.getByTestId(testIds.overview.figures);
  await figures.getByRole('link', { name: /New$/ }).click();
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await expect(page.getByTestId(actions)).toContainText('1 cluster chosen');
  await page.goBack();
  await figures.locator('a[href*="level=error"]').click();
  await expect(page.getByRole('button', { name: 'error', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId(row).first()).toContainText(/error|fatal/);
  await expect(page.getByTestId(actions)).toBeHidden();
});

test('what Grafana begins with g, t, p or d stays with Grafana', async ({ page }) => {
  await openList(page, 'var-service=inventory');
  await page.keyboard.press('j');
  await page.keyboard.press('t');
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('resolved clusters leave the open ones and are found under their state', async ({ page }) => {
  await openList(page, 'q=stock%20reserved');
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await page.getByTestId(actions).getByRole('button', { name: 'Ignore …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'For good' }).click();
  await expect(page.getByTestId(testIds.toast)).toContainText('1 cluster ignored');
  await page.getByRole('button', { name: 'Ignored', exact: true }).click();
  await expect(page).toHaveURL(/state=ignored/);
  await expect(page.getByTestId(row)).toHaveCount(1);
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await page.getByTestId(actions).getByRole('button', { name: 'Open again' }).click();
  await expect(stateOf(page, 'stock reserved')).not.toHaveText('Ignored');
});

test('an assigned cluster shows its owner, and is found among mine', async ({ page }) => {
  await openList(page, 'q=article%20page');
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await untilAllowed(page);
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('textbox').fill('storefront-team');
  await expect(page.getByRole('dialog').getByRole('button', { name: /storefront-team/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(row).first()).toContainText('storefront-team');
  await openList(page, 'assignee=storefront-team');
  await expect(page.getByTestId(row)).toHaveCount(1);
});

test('a comment is in the history, with the state that came before', async ({ page }) => {
  await openList(page, 'q=search%20page');
  await page.getByTestId(row).first().getByRole('link').click();
  await page.getByTestId(testIds.cluster.work).getByRole('button', { name: 'Resolve', exact: true }).click();
  await page.getByRole('tab', { name: /History/ }).click();
  await expect(page).toHaveURL(/view=history/);
  await page.getByRole('textbox', { name: /Comment/ }).fill('Looks like the cache');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  const history = page.getByTestId(testIds.cluster.history);
  await expect(history.getByRole('listitem').first()).toContainText('Looks like the cache');
  await expect(history).toContainText('Resolved');
  await expect(history).toContainText('admin');
});

test('a viewer may look and not change', async ({ page, signIn }) => {
  await signIn(page, 'vera', 'Viewer');
  await openList(page, 'q=cart');
  await page.getByTestId(row).first().getByRole('checkbox').click();
  await expect(page.getByTestId(actions).getByRole('button', { name: 'Resolve', exact: true })).toBeDisabled();
});

test('two people at once: what one does the other sees within five seconds', async ({ page, openAs }) => {
  test.slow();
  await openList(page, 'q=recommendations%20served&state=all');
  const other = await openAs('grace', 'Editor');
  await other.goto(`${clusters}&q=recommendations%20served&state=all`);
  await expect(other.getByTestId(row).first()).toBeVisible();
  await other.getByTestId(row).first().getByRole('checkbox').click();
  await other.getByTestId(actions).getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(other.getByTestId(testIds.toast)).toContainText('1 cluster resolved');
  await expect(page.getByTestId(row).first().getByTestId(testIds.state)).toHaveText('Resolved', { timeout: 5000 });
  await page.getByTestId(row).first().getByRole('link').click();
  await page.getByRole('tab', { name: /History/ }).click();
  const history = page.getByTestId(testIds.cluster.history);
  await expect(history).toContainText('grace');

  // What is said on the cluster's page is there on the other one too, and gone when it is taken back.
  await other.getByTestId(row).first().getByRole('link').click();
  await other.getByRole('tab', { name: /History/ }).click();
  await other.getByRole('textbox', { name: /Comment/ }).fill('Served again since noon');
  await other.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(history).toContainText('Served again since noon', { timeout: 5000 });
  const said = other.getByTestId(testIds.cluster.history).getByRole('listitem').filter({ hasText: 'since noon' });
  await said.getByRole('button', { name: 'Delete comment' }).click();
  await said.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(history).not.toContainText('Served again since noon', { timeout: 5000 });
  await other.getByTestId(testIds.cluster.work).getByRole('button', { name: 'Open again' }).click();
  const resolve = page.getByTestId(testIds.cluster.work).getByRole('button', { name: 'Resolve', exact: true });
  await expect(resolve).toBeVisible({ timeout: 5000 });
});

/** Chromium takes no tab of a headless window for hidden: what the page reads of it is set, as the browser would tell it. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${isHidden ? 'hidden' : 'visible'}' });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}

test('a tab that nobody looks at lets go of its stream, and shows what it missed when it is seen again', async ({
  page,
  openAs,
}) => {
  const live = /\/api\/v1\/live/;
  const search = 'q=recommendations%20served&state=all';
  await page.clock.install();
  await openList(page, search);
  const other = await openAs('grace', 'Editor');
  await other.goto(`${clusters}&${search}`);
  async function otherDoes(button: string) {
    await other.getByTestId(row).first().getByRole('checkbox').press('Space');
    await other.getByTestId(actions).getByRole('button', { name: button, exact: true }).click();
    await expect(other.getByTestId(testIds.toast)).toContainText('1 cluster');
  }
  const state = page.getByTestId(row).first().getByTestId(testIds.state);
  await otherDoes('Resolve');
  await expect(state).toHaveText('Resolved', { timeout: 5000 });

  await setHidden(page, true);
  const letGo = page.waitForEvent('requestfailed', (request) => live.test(request.url()));
  await page.clock.fastForward('01:01');
  await letGo;
  await otherDoes('Open again');
  await expect(other.getByTestId(row).first().getByTestId(testIds.state)).not.toHaveText('Resolved');
  await expect(state).toHaveText('Resolved');

  const asked = page.waitForRequest((request) => live.test(request.url()) && request.url().includes('after='));
  await setHidden(page, false);
  await asked;
  await expect(state).not.toHaveText('Resolved', { timeout: 5000 });
});
