// A list of 100,000 clusters: what the page does with it. The server's own time is measured in tests/bench.
import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const clusterCount = 100_000;
const listCall = '**/bff/api/v1/clusters?*';
const listPage = '/a/loghunter-app/clusters?from=now-2h&to=now';

/** Tasks that the page's main thread works on for longer make scrolling stutter. */
const longTaskMs = 50;

test('a list of 100,000 clusters is there soon, and holds few rows in the page however it is scrolled', async ({
  page,
  browser,
}, { annotations }) => {
  await answerManyClusters(page);
  await page.addInitScript({ content: watchFirstRow });
  const rows = page.getByTestId(testIds.clusters.row);

  // Opened in a new tab: Grafana's own start, which the preview stands for, is part of it.
  await page.goto(listPage);
  await expect(rows.first()).toBeVisible();
  const opened = await page.evaluate(readFirstRow);

  // Opened from another page of the app, as it mostly is.
  await page.goto('/a/loghunter-app/administration/jobs');
  await expect(page.getByTestId(testIds.administration.jobs)).toBeVisible();
  await page.evaluate(`
    Object.assign(globalThis, { firstRowMs: 0, beganMs: performance.now() });
    history.pushState({}, '', '${listPage}');
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));`);
  await expect(rows.first()).toBeVisible();
  const switched = await page.evaluate(readFirstRow);

  await browser.startTracing(page, { categories: ['toplevel'] });
  let mostRows = 0;
  for (let step = 0; step < 40; step++) {
    await page.mouse.wheel(0, 3000);
    mostRows = Math.max(mostRows, await page.getByRole('row').count());
  }
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  await expect(page.locator(`[aria-rowindex="${clusterCount + 1}"]`)).toContainText(
    `cluster number ${clusterCount - 1}`
  );
  mostRows = Math.max(mostRows, await page.getByRole('row').count());
  const tasks = readTasks(await browser.stopTracing());
  expect(mostRows).toBeLessThan(500);

  const filterMs = await page.evaluate<number>(filterByText);
  await expect(rows.first()).toContainText('cluster number 0');
  const sortBeganMs = Date.now();
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute('aria-sort', /ending/);
  const sortMs = Date.now() - sortBeganMs;

  const round = (values: readonly number[]) => values.map(Math.round).join(', ') || 'none';
  annotations.push({
    type: 'figures',
    description: [
      `first rows ${Math.round(opened.ms)} ms after the tab was opened, ${Math.round(opened.sincePluginMs)} ms after Grafana asked for the plugin`,
      `${Math.round(switched.ms)} ms after another page of the app`,
      `at most ${mostRows} rows in the page`,
      `tasks over ${longTaskMs} ms while scrolling: ${round(tasks.map(({ cpuMs }) => cpuMs).filter((ms) => ms > longTaskMs))} by processor time, ${round(tasks.map(({ wallMs }) => wallMs).filter((ms) => ms > longTaskMs))} by the clock`,
      `filter after ${Math.round(filterMs)} ms, another order after ${sortMs} ms`,
    ].join('; '),
  });
  console.log(`100,000 clusters: ${annotations.at(-1)?.description}`);
});

const watchFirstRow = `
  Object.assign(globalThis, { firstRowMs: 0, beganMs: 0 });
  new MutationObserver(() => {
    if (firstRowMs === 0 && document.querySelector('[data-testid="${testIds.clusters.row}"]')) {
      firstRowMs = performance.now();
    }
  }).observe(document, { childList: true, subtree: true });`;

function readFirstRow(): { ms: number; sincePluginMs: number } {
  const { firstRowMs, beganMs } = globalThis as unknown as { firstRowMs: number; beganMs: number };
  const plugin = performance.getEntriesByType('resource').find(({ name }) => name.includes('/module.js'));
  return { ms: firstRowMs - beganMs, sincePluginMs: firstRowMs - (plugin?.startTime ?? 0) };
}

/** Types into the field at once and waits in the page, so that the test's own way there and back is not in the figure. */
const filterByText = `(async () => {
  const field = document.querySelector('input[placeholder*="template"]');
  const beganMs = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'number 4711');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  while (document.querySelector('[aria-rowcount]').getAttribute('aria-rowcount') !== '11') {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return performance.now() - beganMs;
})()`;

interface Task {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Tasks of the thread that worked most: the page's main thread. */
function readTasks(trace: Buffer): readonly Task[] {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: ReadonlyArray<{ name: string; ph: string; pid: number; tid: number; dur?: number; tdur?: number }>;
  };
  const threads = new Map<string, Task[]>();
  for (const { name, ph, pid, tid, dur = 0, tdur = 0 } of traceEvents) {
    if (ph === 'X' && name === 'ThreadControllerImpl::RunTask') {
      const tasks = threads.get(`${pid} ${tid}`) ?? [];
      tasks.push({ cpuMs: tdur / 1000, wallMs: dur / 1000 });
      threads.set(`${pid} ${tid}`, tasks);
    }
  }
  const busyMs = (tasks: readonly Task[]) => tasks.reduce((total, { cpuMs }) => total + cpuMs, 0);
  return [...threads.values()].sort((left, right) => busyMs(right) - busyMs(left))[0] ?? [];
}

async function answerManyClusters(page: Page): Promise<void> {
  await page.route(listCall, async (route) => {
    const url = new URL(route.request().url());
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const total = url.searchParams.get('text') ? 10 : clusterCount;
    const size = Math.max(0, Math.min(limit, total - offset));
    const clusters = Array.from({ length: size }, (_, index) => clusterOf(offset + index));
    await route.fulfill({ json: answerOf(clusters, total) });
  });
}

function clusterOf(index: number) {
  const at = new Date(Date.now() - (index % 3600) * 1000).toISOString();
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    service: `service-${index % 40}`,
    namespace: 'shop',
    level: ['error', 'warn', 'info'][index % 3],
    template: [
      { kind: 'text', text: `cluster number ${index} failed after ` },
      { kind: 'variable', type: 'duration' },
      { kind: 'text', text: ' for user ' },
      { kind: 'variable', type: 'number' },
    ],
    templateText: `cluster number ${index} failed after <*> for user <*>`,
    firstSeen: at,
    lastSeen: at,
    isNew: false,
    isUnseen: index % 7 === 0,
    eventCount: clusterCount - index,
    lineCount: clusterCount - index,
    share: 1 / clusterCount,
    trend: { start: at, stepMs: 60_000, counts: Array.from({ length: 61 }, (_, step) => (index * 7 + step * 13) % 40) },
    work: { state: 'ongoing', since: at, ignoredUntil: null, resolvedIn: null, assignee: null },
  };
}

function answerOf(clusters: ReadonlyArray<ReturnType<typeof clusterOf>>, totalClusterCount: number) {
  const [from, to] = [new Date(Date.now() - 7_200_000).toISOString(), new Date().toISOString()];
  return {
    range: { from, to },
    clusters,
    totalClusterCount,
    totalEventCount: 5_000_000,
    totalLineCount: 5_000_000,
    nextCursor: null,
    coverage: { lineCount: 5_000_000, readUpTo: to, readFrom: from, unreadLineCount: 0, unclusteredLineCount: 0 },
  };
}
