import { assigneesOf, matchAssignees } from './people';

const all = assigneesOf({
  people: [
    { id: 'u1', name: 'Ada' },
    { id: 'u2', name: 'Grace' },
  ],
  teams: ['payments'],
  myId: 'u2',
});

describe('people', () => {
  it('puts the reader first and teams last', () => {
    expect(all.map(({ name }) => name)).toEqual(['Grace', 'Ada', 'payments']);
  });

  it('finds by part of the name', () => {
    expect(matchAssignees(all, 'PAY').map(({ name }) => name)).toEqual(['payments', 'PAY']);
  });

  it('offers an unknown name as a team', () => {
    expect(matchAssignees(all, ' search ')).toEqual([{ kind: 'team', id: 'search', name: 'search' }]);
  });

  it('offers no second team of a name that is known', () => {
    expect(matchAssignees(all, 'Payments')).toHaveLength(1);
  });
});
