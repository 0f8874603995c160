// A list of 100,000 clusters: what the page does with it. The server's own time is measured in tests/bench.
import type { Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const clusterCount = 100_000;
const listCall = '**/bff/api/v1/clusters?*';

test('a list of 100,000 clusters holds few rows in the page however it is scrolled', async ({ page }, {
  annotations,
}) => {
  await answerManyClusters(page);
  await page.addInitScript({
    content: `globalThis.longTasksMs = [];
      new PerformanceObserver((list) => longTasksMs.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ entryTypes: ['longtask'] });`,
  });
  await page.goto('/a/loghunter-app/clusters?from=now-2h&to=now');
  const rows = page.getByTestId(testIds.clusters.row);
  await expect(rows.first()).toBeVisible();
  const firstRowsMs = await page.evaluate(() => performance.now());
  await page.evaluate(() => (globalThis as unknown as { longTasksMs: number[] }).longTasksMs.splice(0));

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
  expect(mostRows).toBeLessThan(500);

  const longTasksMs = await page.evaluate(() => (globalThis as unknown as { longTasksMs: number[] }).longTasksMs);
  const beganMs = Date.now();
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('button').click();
  await expect(rows.first()).toContainText('cluster number 0');
  annotations.push({
    type: 'figures',
    description: [
      `first rows after ${Math.round(firstRowsMs)} ms`,
      `at most ${mostRows} rows in the page`,
      `tasks over 50 ms while scrolling: ${longTasksMs.length} (${longTasksMs.map(Math.round).join(', ')} ms)`,
      `another order after ${Date.now() - beganMs} ms`,
    ].join('; '),
  });
  console.log(`100,000 clusters: ${annotations.at(-1)?.description}`);
});

async function answerManyClusters(page: Page): Promise<void> {
  await page.route(listCall, async (route) => {
    const url = new URL(route.request().url());
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const size = Math.max(0, Math.min(limit, clusterCount - offset));
    await route.fulfill({ json: answerOf(Array.from({ length: size }, (_, index) => clusterOf(offset + index))) });
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

function answerOf(clusters: ReadonlyArray<ReturnType<typeof clusterOf>>) {
  const [from, to] = [new Date(Date.now() - 7_200_000).toISOString(), new Date().toISOString()];
  return {
    range: { from, to },
    clusters,
    totalClusterCount: clusterCount,
    totalEventCount: 5_000_000,
    totalLineCount: 5_000_000,
    nextCursor: null,
    coverage: { lineCount: 5_000_000, readUpTo: to, readFrom: from, unreadLineCount: 0, unclusteredLineCount: 0 },
  };
}
