// The root cause page on the real server: the demo's shop has an incident in the last hour.
import type { Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const { rootCause, investigations } = incidentTestIds;
const app = '/a/loghunter-app/root-cause';
const minuteMs = 60_000;

test.describe.configure({ timeout: 90_000 });

/** The service that suffers in the demo's incident, and the time around it. */
function entryLink(): string {
  const now = Date.now();
  return `${app}?service=checkout&from=${now - 50 * minuteMs}&to=${now}`;
}

/** Analyses the shop and waits for the evidence. */
async function analyse(page: Page): Promise<void> {
  await page.goto(entryLink());
  await expect(page.getByLabel(/Name of the service/)).toHaveValue('checkout');
  await expect(page.getByTestId(testIds.coverage)).toHaveText(/^When it was bad: Rests on .* lines/);
  await page.getByRole('button', { name: 'Find cause' }).click();
  await expect(page).toHaveURL(/root-cause\/[0-9a-f-]{36}/);
  await expect(page.getByTestId(rootCause.summary)).toBeVisible({ timeout: 60_000 });
}

test('an entry link starts an analysis that ends in five lines, with proof for each claim', async ({ page }) => {
  await analyse(page);
  const summary = page.getByTestId(rootCause.summary);
  await expect(page.getByTestId(testIds.coverage)).toContainText(/Rests on .* lines/);
  await expect(summary).toContainText(/confirmed|likely|inconclusive/);
  for (const line of ['Suspect', 'Since', 'Evidence', 'Next step']) {
    await expect(summary.locator('dt', { hasText: line })).toBeVisible();
  }
  await expect(page.getByTestId(rootCause.suspect).first()).toBeVisible();
  await expect(page.getByTestId(rootCause.comparison)).toContainText('a minute before');
  await expect(page.getByRole('heading', { name: 'Ruled out' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Not looked at' })).toBeVisible();
});

test('a claim opens its lines, and each is looked up again in the log store', async ({ page }) => {
  await analyse(page);
  const link = page.getByTestId(rootCause.suspect).first().getByRole('button').first();
  const findingId = await link.textContent();
  await link.press('Enter');
  const finding = page.locator(`#finding-${findingId}`);
  await expect(finding.getByRole('button', { expanded: true })).toBeVisible();
  await expect(page.getByTestId(rootCause.quote).first()).toContainText('verified');
});

test('a line that the log store does not have is refuted', async ({ page }) => {
  await page.route('**/lines/verify', async (route) => {
    const answer = await (await route.fetch()).json();
    const lines = answer.lines.map((line: object) => ({
      ...line,
      state: 'refuted',
      reason: 'Another line stands there.',
    }));
    await route.fulfill({ json: { ...answer, lines } });
  });
  await analyse(page);
  await expect(page.getByTestId(rootCause.quote).first()).toContainText('refuted');
});

test('everything is there with language models switched off, and the page says so calmly', async ({ page }) => {
  await page.route('**/api/v1/model-providers', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, settings: { ...answer.settings, isEnabled: false } } });
  });
  await analyse(page);
  const explanation = page.getByTestId(rootCause.explanation);
  await expect(explanation).toContainText('Everything on this page was found without');
  await expect(explanation.getByTestId(testIds.problem)).toBeHidden();
});

test('an analysis begins an investigation, and a line is pinned to it', async ({ page }) => {
  await analyse(page);
  const quote = page.getByTestId(rootCause.quote).first();
  const text = (await quote.textContent()) ?? '';
  await page.getByRole('button', { name: 'To investigation' }).click();
  await page.getByRole('menuitem', { name: 'New investigation' }).click();
  await expect(page.getByTestId(investigations.details).getByLabel('Your comment')).toBeVisible();
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await page.goBack();
  await page.getByTestId(rootCause.quote).first().getByRole('button', { name: 'Pin to an investigation' }).click();
  await page.getByRole('menuitem', { name: title, exact: true }).first().click();
  await expect(page.getByTestId(rootCause.quote).first().getByRole('button', { name: 'Pinned' })).toBeVisible();
  expect(text).not.toBe('');
});

test('a form that cannot be sent is not', async ({ page }) => {
  await page.goto(`${app}?cluster=not-an-id`);
  await expect(page.getByRole('button', { name: 'Find cause' })).toBeDisabled();
});

test('a viewer reads the analyses and begins none', async ({ page, signIn }) => {
  await signIn(page, 'vera', 'Viewer');
  await page.goto(entryLink());
  await expect(page.getByTestId(rootCause.page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Find cause' })).toBeDisabled();
});

test.describe('when an analysis fails', () => {
  test('the page says why and offers another try', async ({ page }) => {
    await analyse(page);
    await page.route('**/api/v1/analyses/*', async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({
        json: { ...answer, status: 'failed', pack: null, failure: 'The log store could not be reached.' },
      });
    });
    await page.reload();
    await expect(page.getByText('The analysis failed')).toBeVisible();
    await expect(page.getByText('The log store could not be reached.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Analyse again' })).toBeVisible();
  });
});

test.describe('when there is no such analysis', () => {
  test.use({ provokedStatuses: [404] });

  test('the page says so', async ({ page }) => {
    await page.goto(`${app}/6f9619ff-8b86-4011-b42d-00c04fc964ff`);
    await expect(page.getByTestId(testIds.problem)).toBeVisible();
  });
});
