import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax',
  // The planted file is in no project; this rule needs no types.
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

async function problems(expression: string): Promise<readonly string[]> {
  const planted = `export const x = () => ${expression};\n`;
  const [result] = await eslint.lintText(planted, { filePath: 'src/ui/Planted.tsx' });
  return (result?.messages ?? []).map(({ message }) => message);
}

describe('what a reader would see or hear wrongly', () => {
  test.each([
    ["a time in the browser's zone", 'new Date(at).toLocaleString()', /browser's time zone/],
    ['a time without a zone', "dateTimeFormat(at, { format: 'HH:mm' })", /timeZone/],
    ['a time without any option', 'dateTimeFormat(at)', /timeZone/],
    ['a combo box without a name', "<Combobox aria-label={t('a.b', 'Owner')} />", /aria-labelledby/],
    ['a combo box of many without a name', '<MultiCombobox aria-label={label} options={[]} />', /aria-labelledby/],
  ])('%s is found', async (_what, expression, problem) => {
    expect(await problems(expression)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ['a time of a zone', "dateTimeFormat(at, { timeZone, format: 'HH:mm' })"],
    ['a combo box that another element names', '<Combobox aria-labelledby={labelId} />'],
    ['a name of a button', '<Button aria-label={label} />'],
  ])('%s is not', async (_what, expression) => {
    expect(await problems(expression)).toEqual([]);
  });
});
