// What holds for every page: axe-core finds nothing (names, roles, contrast), and no width between 900 and 2,560 pixels makes the page scroll
// sideways. Grafana's frame around the pages is the preview's own and left out. With LOGHUNTER_SCREENSHOTS=1 pictures are written too.
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { components } from './grafana-selectors.ts';
import { openPluginPage, pluginPages } from './pages.ts';
import { expect, test } from './preview-test.ts';

const widths = [2560, 900, 1400];
const pictures = join(import.meta.dirname, '..', '..', 'test-results', 'pictures');
const writesPictures = Boolean(process.env.LOGHUNTER_SCREENSHOTS);

/** Pages with the most colours of their own are read in the light theme as well; LOGHUNTER_ACCESSIBILITY=1 reads all of them. */
const lightByDefault = ['clusters', 'cluster', 'anomalies', 'analysis', 'search', 'administration-health'];

for (const theme of ['dark', 'light'] as const) {
  const some = pluginPages.filter(
    ({ name }) =>
      theme === 'dark' || process.env.LOGHUNTER_ACCESSIBILITY || writesPictures || lightByDefault.includes(name)
  );
  for (const wanted of some) {
    test(`${wanted.name}, ${theme}: nothing for axe to find, and no scrolling sideways`, async ({ page }) => {
      await openPluginPage(page, wanted, theme);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(() => overflowPx(page), { message: `${width} pixels wide` }).toBeLessThanOrEqual(0);
        if (writesPictures && width < 2000) {
          await page.waitForTimeout(400);
          await page.screenshot({ path: join(pictures, `${wanted.name}-${theme}-${width}.png`) });
        }
      }
      expect(await violations(page)).toEqual([]);
    });
  }
}

/** By how many pixels the page is wider than its window. */
function overflowPx(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page })
    .include('main > div')
    // Grafana's own button has no name.
    .exclude(`[data-testid="${components.RefreshPicker.runButtonV2}"]`)
    .analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`
  );
}
