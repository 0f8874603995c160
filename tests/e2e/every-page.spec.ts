// What holds for every page: axe-core finds nothing (names, roles, contrast), no width between 900 and 2,560 pixels makes the page scroll
// sideways, a slow server leaves no blank page, and a failing one is told of, with a way on. Each test starts the app once and goes from page
// to page inside of it. Grafana's frame around the pages is the preview's own and left out.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { components } from './grafana-selectors.ts';
import { doors, goInside, openPluginPage, pluginPages, switchToPluginPage } from './pages.ts';
import { watchPluginCalls } from './plugin-calls.ts';
import { expect, test } from './preview-test.ts';

const widths = [2560, 900, 1400];

/** Pages with the most colours of their own are read in the light theme as well; LOGHUNTER_ACCESSIBILITY=1 reads all of them. */
const lightByDefault = [
  'clusters',
  'cluster',
  'anomalies',
  'analysis',
  'search',
  'administration-health',
  'administration-settings',
];

test.describe.configure({ timeout: 600_000 });

for (const theme of ['dark', 'light'] as const) {
  test(`${theme}: nothing for axe to find, and no scrolling sideways`, async ({ page }) => {
    const wantsAll = theme === 'dark' || process.env.LOGHUNTER_ACCESSIBILITY;
    const [first, ...others] = [...pluginPages, doors].filter(({ name }) => wantsAll || lightByDefault.includes(name));
    for (const wanted of first === undefined ? [] : [first, ...others]) {
      await test.step(wanted.name, async () => {
        await (wanted === first ? openPluginPage(page, wanted, theme) : switchToPluginPage(page, wanted));
        await inspect(page, `${wanted.name}-${theme}`);
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
  });
}

/** Pages with tables of each kind, by their rows. */
const rows = new Map([
  ['clusters', testIds.clusters.row],
  ['anomalies', incidentTestIds.anomalies.row],
  ['administration-health', testIds.administration.check],
]);

for (const theme of ['dark', 'light'] as const) {
  test(`${theme}: a row that is chosen or under the pointer can be read`, async ({ page }) => {
    for (const wanted of pluginPages.filter(({ name }) => rows.has(name))) {
      await test.step(wanted.name, async () => {
        await openPluginPage(page, wanted, theme);
        const row = page.getByTestId(rows.get(wanted.name) ?? '').first();
        await row.hover();
        expect.soft(await violations(page), wanted.name).toEqual([]);
        if ((await row.getByRole('checkbox').count()) > 0) {
          await row.getByRole('checkbox').press('Space');
          await page.mouse.move(0, 0);
          expect.soft(await violations(page), `${wanted.name}, chosen`).toEqual([]);
        }
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
  });
}

async function inspect(page: Page, name: string): Promise<void> {
  // What lies under it by chance depends on what other specs left in the lists; the test of rows under the pointer looks at those.
  await page.mouse.move(0, 0);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expect.soft.poll(() => overflowPx(page), { message: `${name}, ${width} pixels` }).toBeLessThanOrEqual(0);
  }
  expect.soft(await violations(page), name).toEqual([]);
}

/** Layout shift is a score: how much of the window moved, times how far; from 0.1 on people complain (web.dev, "Cumulative Layout Shift"). */
const maxShift = 0.01;

for (const wanted of pluginPages.filter(({ name }) =>
  ['overview', 'clusters', 'cluster', 'anomalies'].includes(name)
)) {
  test(`${wanted.name}: nothing moves while it is refreshed`, async ({ page }) => {
    const calls = watchPluginCalls(page);
    await openPluginPage(page, wanted, 'dark');
    await page.evaluate(watchShifts);
    // What comes after the first answers, as graphs do, belongs to the opening.
    await untilStill(page);
    const openedMs = await page.evaluate<number>('performance.now()');
    const answered = page.waitForResponse(/bff\/api\/v1\//);
    await page.getByTestId(components.RefreshPicker.runButtonV2).first().click();
    await answered;
    await calls.settled();
    await untilStill(page);
    const shifts = (await page.evaluate<readonly Shift[]>('layoutShifts')).filter(({ atMs }) => atMs > openedMs);
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts, undefined, 1)).toBeLessThan(maxShift);
  });
}

interface Shift {
  readonly atMs: number;
  readonly value: number;
  /** Beginnings of what moved. */
  readonly moved: readonly string[];
}

/** Keeps every shift from now on in `layoutShifts`, and the frames since the last one in `stillFrames`. */
const watchShifts = `
  Object.assign(globalThis, { layoutShifts: [], stillFrames: 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => (node?.outerHTML ?? String(node?.textContent)).slice(0, 160));
      layoutShifts.push({ atMs: startTime, value, moved });
      stillFrames = 0;
    }
  }).observe({ type: 'layout-shift' });
  const count = () => { stillFrames += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);`;

/** Waits until nothing has moved for a second of frames: a slow machine draws fewer, and gets longer. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate('stillFrames = 0');
  await expect.poll(() => page.evaluate<number>('stillFrames'), { timeout: 60_000 }).toBeGreaterThan(60);
}

/** By how many pixels the page is wider than its window. */
function overflowPx(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Ends after ten frames in which no colour or place was on its way to another: between two, contrast is nobody's. What turns for ever may. */
const untilNothingChanges = `new Promise((resolve) => {
  const isOnItsWay = ({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
  let stillFrames = 0;
  const look = () => {
    stillFrames = document.getAnimations().some(isOnItsWay) ? 0 : stillFrames + 1;
    if (stillFrames < 10) requestAnimationFrame(look);
    else resolve();
  };
  look();
})`;

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(untilNothingChanges);
  const found = await new AxeBuilder({ page })
    .include('main > div')
    // Grafana's own button has no name.
    .exclude(`[data-testid="${components.RefreshPicker.runButtonV2}"]`)
    .analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`
  );
}

/** Calls of the plugin, but for the stream of changes, which every page has open. */
const calls = /\/api\/plugin-proxy\/loghunter-app\/\w+\/api\/v1\/(?!live)/;
/** They call nothing before somebody presses their button, which their own specs do. */
const silent = ['configuration', 'rehearsal'];
const calling = pluginPages.filter(({ name, arrive, record }) => !silent.includes(name) && !arrive && !record);

test('a slow server leaves no page blank, and none says that something is wrong', async ({ page }) => {
  await page.goto('/plugins/loghunter-app?role=Admin&user=admin');
  for (const wanted of calling) {
    await test.step(wanted.name, async () => {
      let answerNow = () => {};
      const held = new Promise<void>((resolve) => (answerNow = resolve));
      await page.route(calls, async (route) => {
        await held;
        await route.fallback();
      });
      const asked = page.waitForRequest(calls);
      await goInside(page, wanted.path);
      // Until it asks, what is seen may be the page before.
      await asked;
      await expect.soft(page.getByRole('heading', { level: 1 }), wanted.name).toBeVisible();
      await expect.soft(page.getByTestId(testIds.problem), wanted.name).toHaveCount(0);
      answerNow();
      await expect.soft(page.getByTestId(wanted.ready).first(), wanted.name).toBeVisible();
      await page.unrouteAll({ behavior: 'wait' });
    });
  }
});

test.describe('when the server fails', () => {
  test.use({ provokedStatuses: [503] });

  test('every page says so, and shows what it is there for after another try', async ({ page }) => {
    const problem = {
      type: 'about:blank#store-unavailable',
      title: 'The database cannot be reached',
      status: 503,
      detail: 'The connection was refused.',
      instance: 'request-3',
      code: 'store-unavailable',
      retryable: true,
    };
    await page.goto('/plugins/loghunter-app?role=Admin&user=admin');
    for (const wanted of calling) {
      await test.step(wanted.name, async () => {
        await page.route(calls, (route) => route.fulfill({ status: 503, json: problem }));
        await goInside(page, wanted.path);
        const told = page.getByTestId(testIds.problem);
        await expect.soft(told.first(), wanted.name).toContainText('The connection was refused.');
        await page.unrouteAll({ behavior: 'wait' });
        // A page may ask several things, and each tells of its own failure when that has come.
        await expect(async () => {
          for (const again of await told.getByRole('button', { name: 'Try again' }).all()) {
            await again.click({ timeout: 1000 });
          }
          await expect(told).toHaveCount(0, { timeout: 10_000 });
        }, wanted.name).toPass({ timeout: 40_000 });
        await expect.soft(page.getByTestId(wanted.ready).first(), wanted.name).toBeVisible();
      });
    }
  });
});
