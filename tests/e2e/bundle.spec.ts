// What Grafana loads of the plugin, and when.
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const assets = '/public/plugins/loghunter-app/';

/** Grafana loads module.js for visitors of other pages too: issue 3 sets the limit. */
const maxStartSizeBytes = 60 * 1024;

test('the start-up chunk stays small', async ({ request }) => {
  const answer = await request.get(`${assets}module.js`);
  expect((await answer.body()).byteLength).toBeLessThan(maxStartSizeBytes);
});

test('no copy of React is bundled', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes(assets) && response.url().includes('.js')) {
      scripts.push(response.url());
    }
  });
  await page.goto('/a/loghunter-app/clusters?from=now-2h&to=now');
  await expect(page.getByTestId(testIds.clusters.row).first()).toBeVisible();
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) {
    expect(await (await page.request.get(script)).text()).not.toContain(
      '__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED ='
    );
  }
});
