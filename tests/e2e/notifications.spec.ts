import { testIds } from '../../src/test-ids.ts';
import { expect, test } from './plugin-test.ts';

const ids = testIds.administration;

test('a channel is made with quiet hours, tested, changed and removed, and what was sent is listed', async ({
  page,
}) => {
  await page.goto('/a/loghunter-app/administration/notifications');
  await page.getByRole('button', { name: 'New channel' }).click();
  const form = page.getByTestId(ids.newChannel);
  await form.getByLabel('Name').fill('night watch');
  await form.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  await form.getByLabel('Services').fill('checkout, payments');
  await form.getByLabel('One message for what comes within').fill('120');
  await form.getByLabel('Quiet hours').check({ force: true });
  await form.getByLabel('From', { exact: true }).fill('23:30');
  await form.getByRole('button', { name: 'Make channel' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByTestId(ids.channels).getByRole('row', { name: /night watch/ });
  await expect(row).toContainText('HIGH');
  await expect(row).toContainText('23:30–07:00');

  await row.getByRole('button', { name: 'Send a test' }).click();
  const sent = page.getByTestId(ids.deliveries).getByRole('row', { name: /night watch/ });
  await expect(sent.first()).toContainText(/retrying|sending|waiting/);

  await row.getByRole('button', { name: 'Change what night watch is told of' }).click();
  const edit = page.getByTestId(ids.editChannel);
  await expect(edit.getByLabel('Services')).toHaveValue('checkout, payments');
  await expect(edit.getByLabel('One message for what comes within')).toHaveValue('120');
  await edit.getByLabel('Quiet hours').uncheck({ force: true });
  await edit.getByLabel('Told from').click();
  await page.getByRole('option', { name: 'CRITICAL' }).click();
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(row).toContainText('CRITICAL');
  await expect(row).not.toContainText('23:30');

  await row.getByRole('button', { name: 'Remove night watch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toBeHidden();
});

for (const { theme, width } of [
  { theme: 'dark', width: 1400 },
  { theme: 'light', width: 900 },
]) {
  test(`the form of a channel fits ${width} px, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(`/a/loghunter-app/administration/notifications?theme=${theme}`);
    await page.getByRole('button', { name: 'New channel' }).click();
    const form = page.getByTestId(ids.newChannel);
    await form.getByLabel('Quiet hours').check({ force: true });
    await expect(form.getByLabel('Time zone')).toBeVisible();
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    if (process.env['SHOTS']) {
      await page.screenshot({ path: `${process.env['SHOTS']}/channel-${theme}-${width}.png`, fullPage: true });
    }
  });
}
