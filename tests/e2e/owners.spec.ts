import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

test('an owner rule is made and ended on the Rules page, and a viewer may only read it', async ({ page, signIn }) => {
  await signIn(page, 'ada', 'Editor');
  await page.goto('/a/loghunter-app/cluster-rules');
  const owners = page.getByTestId(testIds.rules.owners);
  const label = owners.getByRole('combobox', { name: 'Label of the streams' });
  await label.click();
  await page.getByRole('option', { name: 'namespace', exact: true }).click();
  await owners.getByRole('textbox', { name: 'Value' }).fill('e2e-owned');
  await owners.getByRole('combobox', { name: 'Owner' }).fill('night shift');
  await page.getByRole('option', { name: /night shift/ }).click();
  await owners.getByRole('button', { name: 'Add owner rule' }).click();
  const row = page.getByTestId(testIds.rules.ownerRow).filter({ hasText: 'namespace=e2e-owned' });
  await expect(row).toContainText('night shift');
  // The role is known when the server has said it; before, nothing is offered to anybody.
  const told = page.waitForResponse(/\/identity/);
  await signIn(page, 'vera', 'Viewer');
  await page.reload();
  await told;
  await expect(row).toBeVisible();
  await expect(row.getByRole('button')).toHaveCount(0);
  await signIn(page, 'ada', 'Editor');
  await page.reload();
  await row.getByRole('button', { name: 'End', exact: true }).click();
  await row.getByRole('button', { name: 'End it' }).click();
  await expect(row).toHaveCount(0);
});

test('a search that a viewer keeps is there for them on every browser, and for nobody else', async ({
  page,
  openAs,
  signIn,
}) => {
  await signIn(page, 'vera', 'Viewer');
  await page.goto('/a/loghunter-app/search?from=now-1h&to=now&text=refused');
  await page.getByRole('button', { name: 'Save this search' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('e2e refused');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  const elsewhere = await openAs('vera', 'Viewer');
  const saved = elsewhere.getByTestId(testIds.search.saved);
  await elsewhere.goto('/a/loghunter-app/search');
  await saved.click();
  await elsewhere.getByRole('option', { name: 'e2e refused' }).click();
  await expect(elsewhere).toHaveURL(/text=refused/);
  const answered = elsewhere.waitForResponse(/\/personal-filters/);
  await signIn(elsewhere, 'carl', 'Viewer');
  await elsewhere.goto('/a/loghunter-app/search');
  await answered;
  await saved.click();
  await expect(elsewhere.getByRole('option', { name: 'e2e refused' })).toHaveCount(0);
});
