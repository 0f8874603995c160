// What holds behind every door into the app, in the preview and in a real Grafana.
import { expect, type Page } from '@playwright/test';
import { testIds } from '../../src/test-ids.ts';

/** What a door brings along. */
export interface Arrival {
  readonly page: 'clusters' | 'search';
  /** Parameters of the address with their values; repeated ones are joined by commas. */
  readonly parameters: Readonly<Record<string, string | RegExp>>;
  /** Every group that is shown has it. */
  readonly service?: string;
}

/** Waits until the app shows the page that a door leads to, with what was carried along in its address and in what it lists. */
export async function expectArrival(page: Page, { page: name, parameters, service }: Arrival): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/a/loghunter-app/${name}\\?`));
  for (const [parameter, value] of Object.entries(parameters)) {
    const carried = () => new URL(page.url()).searchParams.getAll(parameter).join(',');
    await (value instanceof RegExp
      ? expect.poll(carried, { message: parameter }).toMatch(value)
      : expect.poll(carried, { message: parameter }).toBe(value));
  }
  const groups = page.getByTestId(name === 'clusters' ? testIds.clusters.row : testIds.search.group);
  await expect(groups.first()).toBeVisible();
  if (service !== undefined) {
    // One look at all of them: the list is refreshed while it is looked at, and a row may go.
    await expect(groups.filter({ hasNotText: service })).toHaveCount(0);
  }
  await expect(page.getByTestId(testIds.problem)).toHaveCount(0);
}
