import { describe, expect, test } from 'vitest';
import { readerProblemsOf } from './reader-rules.ts';

function problems(expression: string): readonly string[] {
  return readerProblemsOf('Planted.tsx', `export const x = () => ${expression};`);
}

describe('what a reader would see or hear wrongly', () => {
  test.each([
    ["a time in the browser's zone", 'new Date(at).toLocaleString()', /toLocaleString/],
    ['a time without a zone', "dateTimeFormat(at, { format: 'HH:mm' })", /timeZone/],
    ['a time without any option', 'dateTimeFormat(at)', /timeZone/],
    ['a combo box without a name', "<Combobox aria-label={t('a.b', 'Owner')} />", /aria-labelledby/],
    ['a combo box of many without a name', '<MultiCombobox aria-label={label} options={[]} />', /aria-labelledby/],
  ])('%s is found', (_what, expression, problem) => {
    expect(problems(expression)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ['a time of a zone', "dateTimeFormat(at, { timeZone, format: 'HH:mm' })"],
    ['a combo box that another element names', '<Combobox aria-labelledby={labelId} />'],
    ['a name of a button', '<Button aria-label={label} />'],
  ])('%s is not', (_what, expression) => {
    expect(problems(expression)).toEqual([]);
  });
});
