// What the pages say when the server is away, refuses, or has read nothing.
import { testIds } from '../../src/test-ids.ts';
import { components } from './grafana-selectors.ts';
import { expect, test } from './plugin-test.ts';

const clusters = '/a/loghunter-app/clusters?from=now-2h&to=now';
const listCall = '**/bff/api/v1/clusters?*';

test.describe('when the server is down', () => {
  test.use({ provokedStatuses: [502] });

  test('the list says so and recovers on request', async ({ page }) => {
    await page.route('**/bff/api/v1/**', (route) => route.fulfill({ status: 502, json: { message: 'Bad gateway' } }));
    await page.goto(clusters);
    const problem = page.getByTestId(testIds.problem);
    await expect(problem).toContainText('The LogHunter server cannot be reached');
    await expect(problem.getByRole('link', { name: 'Open configuration' })).toBeVisible();
    await page.unroute('**/bff/api/v1/**');
    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
    await expect(problem).toBeHidden();
  });
});

test.describe('when a refresh fails', () => {
  test.use({ provokedStatuses: [503] });

  test('the last answer stays under the problem', async ({ page }) => {
    await page.goto(clusters);
    await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
    const problem = {
      type: 'about:blank#store-unavailable',
      title: 'The database cannot be reached',
      status: 503,
      detail: 'The connection was refused.',
      instance: 'request-7',
      code: 'store-unavailable',
      retryable: true,
    };
    await page.route(listCall, (route) => route.fulfill({ status: 503, json: problem }));
    await page.getByTestId(components.RefreshPicker.runButtonV2).click();
    await expect(page.getByTestId(testIds.problem)).toContainText('The connection was refused.');
    await expect(page.getByTestId(testIds.problem)).toContainText('request-7');
    await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  });
});

test('an empty range says until when logs were read', async ({ page }) => {
  await page.goto('/a/loghunter-app/clusters?from=now-30d&to=now-29d');
  await expect(page.getByTestId(testIds.empty)).toContainText('No log lines in this time range');
});

test('a server that has read nothing yet says what to expect', async ({ page }) => {
  await page.route(listCall, (route) => route.fulfill({ json: emptyAnswer({ readUpTo: null, readFrom: null }) }));
  await page.goto(clusters);
  await expect(page.getByTestId(testIds.empty)).toContainText('No logs have been read yet');
});

test('lines that could not be read are told', async ({ page }) => {
  await page.route('**/api/v1/coverage?*', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, unreadLineCount: 1204 } });
  });
  await page.goto(clusters);
  await expect(page.getByTestId(testIds.coverage)).toContainText('1.2K were counted and not read');
  // The page may be asking again at this moment.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('the list shows its frame while it loads', async ({ page }) => {
  let answerNow = () => {};
  const held = new Promise<void>((resolve) => (answerNow = resolve));
  await page.route(listCall, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(clusters);
  await expect(page.getByTestId(testIds.clusters.loading)).toBeVisible();
  answerNow();
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
});

test('a request that a newer one replaces shows no error', async ({ page }) => {
  await page.goto(clusters);
  for (const level of ['error', 'warn', 'info', 'debug']) {
    await page.getByRole('button', { name: level, exact: true }).click();
  }
  await expect(page).toHaveURL(/level=debug/);
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  await expect(page.getByTestId(testIds.problem)).toBeHidden();
});

test.describe('when the log store fails', () => {
  test.use({ provokedStatuses: [503] });

  test('a cluster shows the samples stored with it', async ({ page }) => {
    const problem = {
      type: 'about:blank#loki-unavailable',
      title: 'Loki cannot be reached',
      status: 503,
      detail: 'connect ECONNREFUSED',
      instance: 'request-8',
      code: 'loki-unavailable',
      retryable: true,
    };
    await page.route('**/lines?*', (route) => route.fulfill({ status: 503, json: problem }));
    await page.goto(`${clusters}&q=Received%20order`);
    await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
    const lines = page.getByTestId(testIds.cluster.lines);
    await expect(lines).toContainText('Loki cannot be reached');
    await expect(lines).toContainText('Samples stored with the cluster, secrets removed');
    await expect(lines).toContainText('Received order');
  });
});

function emptyAnswer(read: { readUpTo: string | null; readFrom: string | null }) {
  const now = Date.now();
  return {
    range: { from: new Date(now - 7_200_000).toISOString(), to: new Date(now).toISOString() },
    clusters: [],
    totalClusterCount: 0,
    totalEventCount: 0,
    totalLineCount: 0,
    coverage: { lineCount: 0, unreadLineCount: 0, unclusteredLineCount: 0, ...read },
  };
}
