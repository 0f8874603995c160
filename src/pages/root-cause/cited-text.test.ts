import { splitCited } from './cited-text';

test('ids behind a claim are told from its words', () => {
  expect(splitCited('The pool is exhausted (F1, L12). Calls are slow (F2).')).toEqual([
    { kind: 'words', text: 'The pool is exhausted ' },
    { kind: 'ids', ids: ['F1', 'L12'] },
    { kind: 'words', text: '. Calls are slow ' },
    { kind: 'ids', ids: ['F2'] },
    { kind: 'words', text: '.' },
  ]);
});

test('brackets that hold anything else stay words', () => {
  expect(splitCited('It took 3 s (F5 of the keyboard) (L)')).toEqual([
    { kind: 'words', text: 'It took 3 s (F5 of the keyboard) (L)' },
  ]);
  expect(splitCited('')).toEqual([]);
});
