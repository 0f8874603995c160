import type { Cluster } from '@loghunter/contracts';
import type { ClusterWindow } from './cluster-window';
import { cursorAt, followCursor } from './cursor';

function windowOf(...pages: ReadonlyArray<readonly [page: number, ...ids: string[]]>): ClusterWindow {
  return new Map(pages.map(([page, ...ids]) => [page, ids.map((id) => ({ id }) as Cluster)]));
}

describe('the keyboard’s place in the list', () => {
  const cursor = cursorAt(windowOf([0, 'a', 'b', 'c']), 2);

  it('goes where its cluster goes, also to another page', () => {
    expect(followCursor(cursor, windowOf([0, 'c', 'a', 'b']))).toEqual({ row: 0, clusterId: 'c' });
    expect(followCursor(cursor, windowOf([0, 'a', 'b', 'd'], [3, 'c']))).toEqual({ row: 300, clusterId: 'c' });
  });

  it('is given up when another cluster stands there instead', () => {
    expect(followCursor(cursor, windowOf([0, 'a', 'b', 'd']))).toBeUndefined();
    expect(followCursor(cursor, windowOf([0, 'a', 'b']))).toBeUndefined();
  });

  it('waits for its page while that is not loaded', () => {
    expect(followCursor(cursor, windowOf([5, 'x']))).toEqual(cursor);
  });

  it('is at the cluster of a row as soon as that is there', () => {
    const waiting = cursorAt(windowOf([0, 'a']), 101);
    expect(waiting.clusterId).toBeUndefined();
    expect(followCursor(waiting, windowOf([1, 'x', 'y']))).toEqual({ row: 101, clusterId: 'y' });
  });
});
