// The `test` of specs about the plugin's pages. They run in the preview, and in a real Grafana when GRAFANA_URL is set: one text for both.
// What only the preview can show has the tag @preview.
import { test as grafanaBase } from '@grafana/plugin-e2e';
import { expect } from '@playwright/test';
import { openPagesAs, test as previewTest, type SignIn, type TestParts, type WorkerParts } from './preview-test.ts';

/** A Grafana with the plugin provisioned, the demo's lines in its Loki, and a login form. */
export const grafanaUrl = process.env.GRAFANA_URL;

const administrator = {
  user: process.env.GRAFANA_ADMIN_USER ?? 'admin',
  password: process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin',
};

export const grafanaTest = grafanaBase.extend<TestParts, WorkerParts>({
  servers: [
    async ({}, use) => use({ url: grafanaUrl ?? '', serverUrl: '', serverSecret: '', alertSecret: '' }),
    { scope: 'worker' },
  ],
  provokedStatuses: [[], { option: true }],
  signIn: async ({ grafanaAPIClient }, use) => {
    const signIn: SignIn = async (page, login, role) => {
      const credentials = login === 'admin' ? administrator : { user: login, password: `${login}-of-the-tests` };
      if (credentials !== administrator) {
        await grafanaAPIClient.createUser({ ...credentials, role });
      }
      const answer = await page.request.post(`${grafanaUrl}/login`, { data: credentials });
      expect(answer.ok(), `the login of ${login}`).toBe(true);
    };
    await use(signIn);
  },
  openAs: openPagesAs,
  watchedPage: [
    async ({ page, signIn }, use) => {
      await signIn(page, 'admin', 'Admin');
      await use();
    },
    { auto: true },
  ],
});

export const test: typeof previewTest = grafanaUrl === undefined ? previewTest : grafanaTest;
export { expect };
