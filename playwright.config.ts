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

/** About the preview itself, or about what must not be tried on somebody's Grafana. */
const previewOnly = ['configuration', 'doors', 'every-page', 'long-list', 'pictures', 'screenshots'].map(
  (name) => `${name}.spec.ts`
);

/**
 * `preview`: the plugin in the preview host with the real server behind it, started by the specs' own fixture
 * (or at LOGHUNTER_E2E_URL, where one runs already). `grafana`: the same specs and those of grafana/ on a real Grafana at GRAFANA_URL,
 * then without the preview.
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
  projects: process.env.GRAFANA_URL
    ? [
        {
          name: 'grafana',
          testIgnore: previewOnly,
          grepInvert: /@preview/,
          use: { baseURL: process.env.GRAFANA_URL },
        },
      ]
    : [
        { name: 'preview', testIgnore: 'grafana/**' },
        { name: 'grafana', testMatch: 'grafana/**/*.spec.ts' },
      ],
});
