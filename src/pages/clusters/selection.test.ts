import { allMatching, extendTo, isChosen, isEmpty, noSelection, selectAll, toggleRow } from './selection';

const ids = ['a', 'b', 'c', 'd', 'e'];
const idAt = (index: number) => ids[index];

describe('selection', () => {
  it('chooses a row and gives it up again', () => {
    const one = toggleRow(noSelection, 'b', 1);
    expect([...one.ids]).toEqual(['b']);
    expect([...toggleRow(one, 'b', 1).ids]).toEqual([]);
  });

  it.each([
    [1, 3],
    [3, 1],
  ])('takes the stretch from row %d to row %d', (start, end) => {
    const extended = extendTo(toggleRow(noSelection, ids[start] ?? '', start), end, idAt);
    expect([...extended.ids].sort()).toEqual(['b', 'c', 'd']);
  });

  it('starts a stretch at the row itself when none was chosen before', () => {
    expect([...extendTo(noSelection, 2, idAt).ids]).toEqual(['c']);
  });

  it('leaves out rows that are not loaded', () => {
    expect([...extendTo(toggleRow(noSelection, 'd', 3), 6, idAt).ids].sort()).toEqual(['d', 'e']);
  });

  it('chooses all given rows', () => {
    expect(selectAll(ids).ids.size).toBe(5);
  });

  it('that holds all that match holds any row, until one row is chosen', () => {
    expect([isChosen(allMatching, 'z'), isEmpty(allMatching), isEmpty(noSelection)]).toEqual([true, false, true]);
    const one = toggleRow(allMatching, 'b', 1);
    expect([one.isAllMatching, isChosen(one, 'b'), isChosen(one, 'z')]).toEqual([false, true, false]);
  });

  it('chooses no more than can be changed at once', () => {
    const many = Array.from({ length: 700 }, (_, index) => `id ${index}`);
    expect(selectAll(many).ids.size).toBe(500);
    expect(extendTo({ ...noSelection, anchor: 0 }, 699, (index) => many[index]).ids.size).toBe(500);
  });
});
