import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const { overview, compare } = testIds;

test('the overview shows figures, a graph, what is new and who writes', async ({ page }) => {
  await page.goto('/a/loghunter-app/overview?from=now-2h&to=now');
  await expect(page.getByTestId(overview.figures)).toContainText(/Error rate\s*[\d.]+ %/);
  await expect(page.getByTestId(overview.graph).locator('canvas')).toBeVisible();
  await expect(page.getByTestId(overview.clusters).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: 'LogQL of “Error rate”' }).click();
  await expect(page.getByText('detected_level=~"error|fatal|critical"')).toBeVisible();
  await expect(page.getByText('Open in Explore')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testIds.logql)).toHaveCount(5);
  await page.getByTestId(overview.sources).getByRole('link', { name: 'checkout' }).click();
  await expect(page).toHaveURL(/clusters.*var-service=checkout/);
  await expect(page.getByTestId(testIds.clusters.row).first()).toContainText('checkout');
});

test.describe('when the overview fails', () => {
  test.use({ provokedStatuses: [502] });

  test('it says so and recovers on request', async ({ page }) => {
    await page.route('**/bff/api/v1/overview?*', (route) =>
      route.fulfill({ status: 502, json: { message: 'Bad gateway' } })
    );
    await page.goto('/a/loghunter-app/overview?from=now-2h&to=now');
    await expect(page.getByTestId(testIds.problem)).toContainText('cannot be reached');
    await page.unroute('**/bff/api/v1/overview?*');
    await page.getByTestId(testIds.problem).getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId(overview.figures)).toBeVisible();
  });
});

test('a range of the comparison is dragged on the graph', async ({ page }) => {
  await page.goto('/a/loghunter-app/compare?from=now-1h&to=now');
  const before = page.getByTestId(compare.graph).getByRole('button', { name: /^Before: \d/ });
  const box = await before.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 30];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 40, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/with=custom/);
  await expect(page).toHaveURL(/beforeFrom=\d+/);
});

test('sources are ordered by a click, and the address keeps it', async ({ page }) => {
  await page.goto('/a/loghunter-app/overview?from=now-2h&to=now');
  const sources = page.getByTestId(overview.sources);
  await expect(sources.getByRole('columnheader', { name: 'Errors', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending'
  );
  await sources.getByRole('button', { name: 'Events' }).click();
  await expect(page).toHaveURL(/sources=events/);
  await expect(sources.getByRole('columnheader', { name: 'Events' })).toHaveAttribute('aria-sort', 'descending');
});
