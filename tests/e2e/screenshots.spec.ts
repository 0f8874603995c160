// Writes the pictures of the documentation from a running demo, whose incident is real: start `make demo`, then run this file with
// LOGHUNTER_SCREENSHOTS=1 and the demo's address in LOGHUNTER_E2E_URL. Not run otherwise: they change with every run.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { incidentTestIds } from '../../src/incident-test-ids.ts';
import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './preview-test.ts';

const directory = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const app = '/a/loghunter-app';
const range = 'from=now-6h&to=now';
const { anomalies, rootCause } = incidentTestIds;
const quality = 0.9;
/** The demo itself may keep a small machine busy. */
const patient = { timeout: 60_000 };

interface Picture {
  readonly path: string;
  /** Test id of what shows that it is drawn. */
  readonly ready: string;
  readonly theme?: 'light';
  readonly arrive?: (page: Page) => Promise<void>;
}

const pictures: Readonly<Record<string, Picture>> = {
  overview: { path: `${app}/overview?${range}`, ready: testIds.overview.sources },
  clusters: { path: `${app}/clusters?${range}&level=fatal&level=error&level=warn`, ready: testIds.clusters.row },
  cluster: {
    path: `${app}/clusters?${range}&q=PaymentUnavailable`,
    ready: testIds.clusters.row,
    arrive: async (page) => {
      await page.getByTestId(testIds.clusters.row).first().getByRole('link').click();
      await expect(page.getByTestId(testIds.cluster.trend).locator('canvas')).toBeVisible(patient);
      await expect(page.getByTestId(testIds.cluster.facts)).toBeVisible(patient);
    },
  },
  anomalies: { path: `${app}/anomalies?`, ready: anomalies.row, theme: 'light' },
  incident: {
    path: `${app}/anomalies?severity=critical`,
    ready: anomalies.row,
    arrive: async (page) => {
      await page.getByTestId(anomalies.row).first().getByRole('link').click();
      await expect(page.getByTestId(anomalies.graph).locator('canvas').first()).toBeVisible(patient);
    },
  },
  'root-cause': {
    path: `${app}/root-cause?`,
    ready: rootCause.page,
    arrive: async (page) => {
      await page.getByRole('link', { name: /incident “/ }).click();
      await expect(page.getByTestId(rootCause.summary)).toBeVisible(patient);
    },
  },
  search: { path: `${app}/search?${range}&text=pool`, ready: testIds.search.group },
  health: { path: `${app}/administration/health?`, ready: testIds.administration.check, theme: 'light' },
};

test.describe.configure({ timeout: 180_000 });
test.skip(
  !process.env.LOGHUNTER_SCREENSHOTS || !process.env.LOGHUNTER_E2E_URL,
  'set LOGHUNTER_SCREENSHOTS=1 and LOGHUNTER_E2E_URL to write docs/screenshots'
);

for (const [name, { path, ready, theme = 'dark', arrive }] of Object.entries(pictures)) {
  test(`a picture of ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.goto(`${path}${path.endsWith('?') ? '' : '&'}theme=${theme}&role=Admin&user=admin`);
    await expect(page.getByTestId(ready).first()).toBeVisible(patient);
    await arrive?.(page);
    await page.waitForTimeout(3000);
    await writeFile(join(directory, `${name}.webp`), await toWebp(page, await page.screenshot()));
  });
}

/** A third of the size of the same picture as PNG. The browser knows how; Node does not. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
  const url = await page.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: ${quality} });
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsDataURL(blob);
    });
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
