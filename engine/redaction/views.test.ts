import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Of } from '../testing/private-values.ts';
import { findEncodedText } from './base64-text.ts';
import { composedView, decodedView, unwrappedViews } from './decoded-view.ts';

test.each([
  ['a%40b', 'a@b'],
  [String.raw`a\u0040\"b\"`, 'a@"b"'],
  ['&quot;a&#64;b&#x40;&amp;', '"a@b@&'],
  ['１２３ａ', '123a'],
  ['١٢', '12'],
  ['a\u200bb\u00ad', 'ab'],
  ['%E4%zz\\q&nope;', null],
  ['plain', null],
])('%s reads as %s', (text, decoded) => {
  expect(decodedView(text)?.text ?? null).toBe(decoded);
});

test('a view knows where its units come from', () => {
  const view = decodedView('a%40b');
  expect([...(view?.places ?? [])].slice(0, 4)).toEqual([0, 1, 4, 5]);
});

test('a view of a view knows the places in the text', () => {
  const outer = decodedView('a%2540b');
  const inner = decodedView(outer?.text ?? '');
  const composed = outer !== null && inner !== null ? composedView(outer, inner) : null;
  expect(composed?.text).toBe('a@b');
  expect([...(composed?.places ?? [])].slice(0, 4)).toEqual([0, 1, 6, 7]);
});

test('places of a view rise to the end of the text', () => {
  const piece = fc.constantFrom('%41', '\\n', '\\u0041', '&amp;', '１', 'é', '\u200b', 'a', '%', '\\', '\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      for (const view of [decodedView(text), ...unwrappedViews(text)]) {
        if (view !== null) {
          const places = [...view.places].slice(0, view.text.length + 1);
          expect(places).toEqual([...places].sort((a, b) => a - b));
          expect(places.at(-1)).toBe(text.length);
        }
      }
    }),
    { numRuns: 2000 }
  );
});

test('lines are joined where a token may be broken', () => {
  expect(unwrappedViews('ab\n  cd\nef').map((view) => view.text)).toEqual(['abcd\nef', 'ab\n  cdef', 'abcdef']);
  expect(unwrappedViews('ab.\n(cd')).toEqual([]);
});

test('base64 of text is found and read, wherever it starts', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 15, maxLength: 60 }).filter((text) => /^[\x20-\x7e]+$/.test(text)),
      fc.boolean(),
      fc.constantFrom('', ' ', '"', '=', '/a/'),
      (text, isUrlSafe, before) => {
        const encoded = base64Of(text, isUrlSafe);
        const found = findEncodedText(`${before}${encoded}`);
        expect(found.some((run) => text.endsWith(run.text) && run.text.length >= text.length - 3)).toBe(true);
      }
    ),
    { numRuns: 2000 }
  );
});

test.each(['org/apache/hadoop/hdfs/server/namenode', 'a'.repeat(64), '0f3a9c1e7b5d24680f3a9c1e7b5d2468'])(
  '%s is no text in base64',
  (text) => {
    expect(findEncodedText(text)).toEqual([]);
  }
);
