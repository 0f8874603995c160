import type { Assignee, ListPeopleResponse } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { serverClient } from '../api/server-client';
import { t } from '../translations';
import { ChoiceDialog, type Choice } from '../ui/ChoiceDialog';
import { AssigneeMark } from './AssigneeMark';
import { assigneesOf, matchAssignees } from './people';

const noPeople: ListPeopleResponse = { people: [], teams: [], myId: null };

interface AssignDialogProps {
  /** What it is about: `3 clusters`. */
  readonly about: string;
  readonly onAssign: (assignee: Assignee | null) => void;
  readonly onClose: () => void;
}

/** Asks who is to look after something: the reader first, people and teams by name, or nobody. */
export function AssignDialog({ about, onAssign, onClose }: AssignDialogProps) {
  const [people, setPeople] = useState(noPeople);
  useEffect(() => {
    const controller = new AbortController();
    // Without the list a team can still be typed.
    serverClient()
      .listPeople({}, controller.signal)
      .then(setPeople, () => undefined);
    return () => controller.abort();
  }, []);
  const nobody: Choice = {
    key: 'nobody',
    label: t('workList.dialog.nobody', 'Nobody'),
    choose: () => onAssign(null),
  };
  const choices = (text: string): readonly Choice[] => {
    const found = matchAssignees(assigneesOf(people), text).map((assignee): Choice => ({
      key: `${assignee.kind} ${assignee.id}`,
      label: <AssigneeMark assignee={assignee} hasName />,
      hint: hintOf(assignee.kind, assignee.id === people.myId),
      choose: () => onAssign(assignee),
    }));
    return text.trim() === '' ? [...found, nobody] : found;
  };
  return (
    <ChoiceDialog
      title={t('workList.dialog.assign', 'Assign {{about}}', { about })}
      filterLabel={t('workList.dialog.assignFilter', 'Name of a person or a team')}
      choices={choices}
      onClose={onClose}
    />
  );
}

function hintOf(kind: 'person' | 'team', isMe: boolean): string {
  if (isMe) {
    return t('workList.dialog.me', 'you');
  }
  return kind === 'team' ? t('workList.dialog.team', 'team') : '';
}
