import { groupFrames, type Frame } from './frame-groups';

function frame(name: string, reason: Frame['reason']): Frame {
  return { name, path: '', reason, mark: '', isUsed: reason === 'application' };
}

describe('groupFrames', () => {
  it('folds neighbours of libraries together, between frames of the application', () => {
    const groups = groupFrames([
      frame('own.a', 'application'),
      frame('lib.b', 'runtime'),
      frame('lib.c', 'nameless'),
      frame('own.d', 'application'),
      frame('own.e', 'application'),
    ]);
    expect(groups.map(({ isOwn, frames }) => [isOwn, frames.map(({ name }) => name).join()])).toEqual([
      [true, 'own.a'],
      [false, 'lib.b,lib.c'],
      [true, 'own.d,own.e'],
    ]);
  });

  it('has nothing to group without frames', () => {
    expect(groupFrames([])).toEqual([]);
  });
});
