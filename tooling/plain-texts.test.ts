import { describe, expect, test } from 'vitest';
import { plainTextsOf } from './plain-texts.ts';

function lines(source: string): readonly string[] {
  return plainTextsOf('Planted.tsx', source);
}

describe('a text for people outside t()', () => {
  test.each([
    ['in an element', '<p>Loading lines</p>'],
    ['beside a value', '<p>{count} lines</p>'],
    ['as a literal in braces', "<p>{'Try again'}</p>"],
    ['as the end of a condition', "<p>{isOpen ? 'Show less' : t('a.b', 'Show more')}</p>"],
    ['in an attribute that is read', '<Button title="Try again" />'],
    ['in a template', '<p>{`${count} lines`}</p>'],
    ['in an attribute that is heard', "<Icon aria-label={isOpen ? 'Open' : t('a.b', 'Closed')} />"],
  ])('%s is found', (_place, source) => {
    expect(lines(`export const x = () => ${source};`)).toEqual([
      expect.stringMatching(/^Planted.tsx:1 .* give it to t\(\)$/),
    ]);
  });

  test.each([
    ['a text that t() has', "<p>{t('a.b', 'Loading lines')}</p>"],
    ['words of <Trans>', '<Trans i18nKey="a.b">Loading lines</Trans>'],
    ['a name of a class', '<p className="long name" data-testid="some thing" />'],
    ['a unit or an entity', '<p>{size} s&nbsp;· %</p>'],
    ['code', '<code>SELECT</code>'],
  ])('is not %s', (_what, source) => {
    expect(lines(`export const x = () => ${source};`)).toEqual([]);
  });
});
