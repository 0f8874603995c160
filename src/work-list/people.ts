import type { Assignee, ListPeopleResponse } from '@loghunter/contracts';

/** Whose work is shown: anybody's, the reader's, nobody's, or that of the one with this id. */
export type AssigneeChoice = '' | 'me' | 'none' | (string & {});

/** The server takes no longer id. */
export const maxAssigneeLength = 200;

/** Everybody a cluster or an incident can be assigned to: the reader first, then people and teams by name. */
export function assigneesOf({ people, teams, myId }: ListPeopleResponse): readonly Assignee[] {
  const persons = people.map(({ id, name }): Assignee => ({ kind: 'person', id, name }));
  const me = persons.filter(({ id }) => id === myId);
  const others = persons.filter(({ id }) => id !== myId);
  return [...me, ...others, ...teams.map((name): Assignee => ({ kind: 'team', id: name, name }))];
}

/** Those whose name holds a text, case ignored; with the text itself as a team that is not in use yet. */
export function matchAssignees(all: readonly Assignee[], text: string): readonly Assignee[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return all;
  }
  const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const isKnown = all.some(({ name }) => name.toLowerCase() === wanted);
  return isKnown ? found : [...found, { kind: 'team', id: text.trim(), name: text.trim() }];
}
