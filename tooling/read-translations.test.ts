import { expect, test } from 'vitest';
import { collectTranslations } from './read-translations.ts';

function collect(text: string): { texts: Readonly<Record<string, string>>; problems: readonly string[] } {
  const { texts, problems } = collectTranslations([{ name: 'page.tsx', text }]);
  return { texts: Object.fromEntries(texts), problems };
}

test('a call gives its key and text, joined over several lines', () => {
  expect(collect("t('page.title', 'Long ' +\n 'title')").texts).toEqual({ 'page.title': 'Long title' });
});

test('a plural gives two keys', () => {
  expect(collect("t('page.count', '{{count}} lines', { count, defaultValue_one: '{{count}} line' })").texts).toEqual({
    'page.count_one': '{{count}} line',
    'page.count_other': '{{count}} lines',
  });
});

test('children of Trans become the text that react-i18next looks up', () => {
  const source = `const a = (
    <Trans i18nKey="page.note">
      Read up to <strong>{{ moment }}</strong> by
      everybody.
    </Trans>
  );`;
  expect(collect(source).texts).toEqual({ 'page.note': 'Read up to <1>{{moment}}</1> by everybody.' });
});

test.each([
  ['a key that is computed', 't(`page.${name}`, "Text")', 'needs its key'],
  ['a text that is computed', "t('page.title', title)", 'needs its key'],
  ['a key of one word', "t('title', 'Title')", 'at least two words'],
  ['one key with two texts', "t('page.a', 'One'); t('page.a', 'Two')", 'another text elsewhere'],
  ['Trans without a key', '<Trans>Text</Trans>', 'needs i18nKey'],
  ['Trans around a variable', '<Trans i18nKey="page.a">{name}</Trans>', 'needs i18nKey'],
])('%s is a problem', (_, source, expected) => {
  expect(collect(source).problems.join()).toContain(expected);
});
