// Writes the pictures of the documentation. Runs only when asked for: they change with every run of the demo.
import { join } from 'node:path';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const directory = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

test.describe.configure({ timeout: 40_000 });
test.skip(!process.env.LOGHUNTER_SCREENSHOTS, 'set LOGHUNTER_SCREENSHOTS=1 to write docs/screenshots');

for (const theme of ['dark', 'light'] as const) {
  for (const width of [1400, 900]) {
    test(`pictures of list and detail, ${theme}, ${width} pixels wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/a/loghunter-app/clusters?theme=${theme}&from=now-2h&to=now&level=fatal&level=error&level=warn`);
      await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
      await page.screenshot({ path: join(directory, `clusters-${theme}-${width}.png`) });
      await page
        .getByTestId(testIds.clusters.row)
        .filter({ hasText: 'PaymentUnavailable' })
        .first()
        .getByRole('link')
        .click();
      await expect(page.getByTestId(testIds.cluster.line).first()).toBeVisible();
      await expect(page.getByTestId(testIds.cluster.trend).locator('canvas')).toBeVisible();
      await page.screenshot({ path: join(directory, `cluster-${theme}-${width}.png`) });
    });
  }
}
