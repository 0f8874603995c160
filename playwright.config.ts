import { defineConfig, devices } from '@playwright/test';

// Debian's browser: Playwright's own is not downloaded. The flags keep it from calling home and let it run as root.
const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/**
 * `preview`: the plugin in the preview host with the real server behind it, started by the specs' own fixture
 * (or at LOGHUNTER_E2E_URL, where one runs already). `grafana`: a real Grafana at GRAFANA_URL.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  // Each starts a server and a browser of its own. The figures of long-list.spec.ts are to be taken with that file alone.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1400, height: 900 },
    launchOptions,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'preview', testIgnore: 'grafana/**' },
    {
      name: 'grafana',
      testMatch: 'grafana/**/*.spec.ts',
      use: { baseURL: process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000' },
    },
  ],
});
