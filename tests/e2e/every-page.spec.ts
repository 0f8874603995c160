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

/** Layout shift is a score: how much of the window moved, times how far; from 0.1 on people complain (web.dev, "Cumulative Layout Shift"). */
const maxShift = 0.01;

for (const wanted of pluginPages.filter(({ name }) => ['overview', 'clusters', 'anomalies'].includes(name))) {
  test(`${wanted.name}: nothing moves while it is refreshed`, async ({ page }) => {
    await openPluginPage(page, wanted, 'dark');
    // What comes after the first answer belongs to the opening.
    await page.waitForTimeout(4000);
    await page.evaluate(() => {
      const found: Array<{ value: number; moved: string[] }> = [];
      Object.assign(window, { layoutShifts: found });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as LayoutShift[]) {
          const moved = entry.sources.map(({ node }) =>
            node instanceof Element ? node.outerHTML : String(node?.textContent)
          );
          found.push({ value: entry.value, moved: moved.map((text) => text.slice(0, 160)) });
        }
      }).observe({ type: 'layout-shift' });
    });
    const answered = page.waitForResponse(/bff\/api\/v1\//);
    await page.getByTestId('data-testid RefreshPicker run button').first().click();
    await answered;
    await page.waitForTimeout(2500);
    const shifts = await page.evaluate(() => (window as unknown as { layoutShifts: Shift[] }).layoutShifts);
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts, undefined, 1)).toBeLessThan(maxShift);
  });
}

interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: ReadonlyArray<{ readonly node: Node | null }>;
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
