// Pictures of every page and of what can be open or wrong on it, in both themes, for people to look at: LOGHUNTER_SCREENSHOTS=1 writes them
// to test-results/pictures. What holds without looking is in every-page.spec.ts.
import { join } from 'node:path';
import { pageStates } from './page-states.ts';
import { doors, openPluginPage, pluginPages } from './pages.ts';
import { test } from './preview-test.ts';

const directory = join(import.meta.dirname, '..', '..', 'test-results', 'pictures');
/** The lists are also used on wide screens. */
const wide = ['overview', 'clusters', 'compare', 'search', 'anomalies', 'root-cause', 'investigations', 'rules'];
/** Higher pages are cut off. */
const maxHeightPx = 2600;

test.skip(!process.env.LOGHUNTER_SCREENSHOTS, 'set LOGHUNTER_SCREENSHOTS=1 to write pictures');
test.describe.configure({ timeout: 180_000 });
test.use({ provokedStatuses: [503] });

for (const theme of ['dark', 'light'] as const) {
  for (const wanted of [...pluginPages, doors, ...pageStates]) {
    test(`${wanted.name}, ${theme}`, async ({ page }) => {
      await openPluginPage(page, wanted, theme);
      for (const width of wide.includes(wanted.name) ? [2560, 900, 1400] : [900, 1400]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(700);
        const scrollHeight = await page.evaluate<number>('document.documentElement.scrollHeight');
        const clip = { x: 0, y: 0, width, height: Math.min(scrollHeight, maxHeightPx) };
        await page.screenshot({ path: join(directory, `${wanted.name}-${theme}-${width}.png`), fullPage: true, clip });
      }
    });
  }
}
