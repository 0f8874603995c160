import { initialsOf } from './initials';

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada@example.org', 'AD'],
    ['payments-team', 'PT'],
    ['Jean Luc Picard', 'JP'],
    ['ø', 'Ø'],
    ['', ''],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
