import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const { search } = testIds;
const page2h = '/a/loghunter-app/search?from=now-2h&to=now';

test('a text finds clusters with their lines, and says how much was searched', async ({ page }) => {
  await page.goto(page2h);
  await page.getByTestId(search.text).fill('Received order');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/text=Received/);
  await expect(page.getByTestId(search.summary)).toContainText(/[\d,]+ events in [\d,]+ lines/);
  await expect(page.getByTestId(search.summary)).toContainText(/searched/);
  const group = page.getByTestId(search.group).first();
  await expect(group).toContainText('Received order');
  await group.getByRole('button', { name: 'Show lines' }).click();
  await expect(group.getByTestId(search.line).first()).toContainText('Received order');
});

test('LogQL is checked while it is typed', async ({ page }) => {
  await page.goto(page2h);
  await expect(page.getByTestId(search.saved)).toBeVisible();
  await page.getByRole('radio', { name: 'LogQL' }).check({ force: true });
  await page.getByTestId(search.logql).fill('{service_name="checkout"');
  await expect(page.getByTestId(search.check)).toContainText('at character');
  await page.getByTestId(search.wrongPlace).click();
  await expect(page.getByTestId(search.logql)).toBeFocused();
  await page.getByTestId(search.logql).fill('{service_name="checkout"} |= "order"');
  await expect(page.getByTestId(search.check)).toContainText('may run');
  await page.getByTestId(search.logql).press('Shift+Enter');
  await expect(page.getByTestId(search.group).first()).toContainText('checkout');
});

test('a reload finds the same again, and a search is kept for oneself', async ({ page }) => {
  await page.goto(`${page2h}&text=order&level=info`);
  await expect(page.getByTestId(search.group).first()).toBeVisible();
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('orders of mine');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.goto(page2h);
  await page.getByTestId(search.saved).click();
  await page.getByRole('option', { name: /orders of mine/ }).click();
  await expect(page.getByTestId(search.text)).toHaveValue('order');
  await expect(page).toHaveURL(/from=now-2h/);
});

test('a search that was kept without a service looks through all of them, whatever is chosen', async ({ page }) => {
  await page.goto(`${page2h}&text=order&var-service=checkout`);
  await expect(page.getByTestId(search.group).first()).toBeVisible();
  const kept = { id: 'f1', name: 'orders of all', filter: { text: 'order', level: ['info'] }, updatedAt: '' };
  await page.route('**/personal-filters*', (route) => route.fulfill({ json: { personalFilters: [kept] } }));
  await page.reload();
  await page.getByTestId(search.saved).click();
  const asked = page.waitForRequest((request) => {
    const { level = [], service = [] } = request.postDataJSON() ?? {};
    return level.includes('info') && service.length === 0;
  });
  await page.getByRole('option', { name: /orders of all/ }).click();
  await asked;
  await expect.poll(() => new URL(page.url()).searchParams.get('var-service')).toBe('$__all');
});

test('a search that runs can be corrected, and given up', async ({ page }) => {
  let answerNow = () => {};
  const held = new Promise<void>((resolve) => (answerNow = resolve));
  await page.route('**/bff/api/v1/search', async (route) => {
    if (route.request().postDataJSON().text !== 'slow') {
      return route.continue();
    }
    await held;
    return route.abort();
  });
  await page.goto(page2h);
  const text = page.getByTestId(search.text);
  await text.fill('slow');
  await text.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await text.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('order');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(search.group).filter({ hasText: 'order' }).first()).toBeVisible();
  await expect(page.getByTestId(testIds.problem)).toBeHidden();
  answerNow();
});

test('all lines of a search are exported in the background and saved as a file', async ({ page }) => {
  await page.goto(`${page2h}&text=order`);
  await expect(page.getByTestId(search.group).first()).toBeVisible();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^loghunter-lines-.*\.csv$/);
  await expect(page.getByTestId(testIds.exportPanel)).toContainText(/Exported all [\d,]+ rows/);
});

test('a kept search is renamed, removed, and had back', async ({ page }) => {
  await page.goto(`${page2h}&text=refused`);
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('refusals');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Rename or remove saved searches' }).click();
  const kept = page.getByTestId(search.manage);
  await kept.getByRole('button', { name: 'Rename refusals' }).click();
  await kept.getByLabel('New name of refusals').fill('what was refused');
  await page.keyboard.press('Enter');
  await expect(kept.getByText('what was refused')).toBeVisible();
  await kept.getByRole('button', { name: 'Remove what was refused' }).click();
  await kept.getByRole('button', { name: 'Undo' }).click();
  await expect(kept.getByRole('button', { name: 'Remove what was refused' })).toBeVisible();
});

test('lines are shown as the reader likes them, also after a reload', async ({ page }) => {
  await page.goto(`${page2h}&text=order`);
  const group = page.getByTestId(search.group).first();
  await group.getByRole('button', { name: 'Show lines' }).click();
  await expect(group.getByTestId(search.line).first().locator('time')).toBeVisible();
  await group.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(group.getByTestId(search.line).first().locator('time')).toBeHidden();
  await page.reload();
  await group.getByRole('button', { name: 'Show lines' }).click();
  await expect(group.getByTestId(search.line).first()).toBeVisible();
  await expect(group.getByTestId(search.line).first().locator('time')).toBeHidden();
  await group.getByRole('link', { name: 'Lines of this stream' }).first().click();
  await expect(page.getByTestId(search.logql)).toHaveValue(/^\{.*service_name=/);
  await expect(page.getByTestId(search.group).first()).toBeVisible();
});

test('a search for nothing says what to do', async ({ page }) => {
  await page.goto(page2h);
  await expect(page.getByText('Enter part of a line, choose levels, or write LogQL')).toBeVisible();
});

test('lines are followed as they come, until somebody stops', async ({ page }) => {
  await page.goto(page2h);
  const answered = page.waitForResponse(/api\/v1\/tail/);
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  expect((await answered).headers()['content-type']).toBe('text/event-stream');
  const live = page.getByTestId(search.live);
  await expect(live.getByRole('status')).toContainText('lines so far');
  // The shop of these tests has stopped: its last lines, or that there were none in the last minute.
  await expect(live.getByTestId(search.liveLine).or(live.getByText('Lines appear here')).first()).toBeVisible();
  await live.getByRole('button', { name: 'Pause' }).click();
  await live.getByRole('button', { name: /^Go on: \d+ waiting/ }).click();
  await live.getByLabel('Filter these lines').fill('nothing says this');
  await expect(live.getByTestId(search.liveLine)).toHaveCount(0);
  await live.getByRole('button', { name: 'Clear lines' }).click();
  await live.getByRole('button', { name: 'Stop' }).click();
  await expect(live).toBeHidden();
});
