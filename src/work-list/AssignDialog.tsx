import { Modal } from '@grafana/ui';
import type { Assignee, ListPeopleResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../api/server-client';
import { useRequest } from '../api/use-request';
import { t } from '../translations';
import { ChoiceDialog, type Choice } from '../ui/ChoiceDialog';
import { ProblemNotice } from '../ui/ProblemNotice';
import { AssigneeMark } from './AssigneeMark';
import { assigneesOf, matchAssignees } from './people';

interface AssignDialogProps {
  /** What it is about: `3 clusters`. */
  readonly about: string;
  readonly onAssign: (assignee: Assignee | null) => void;
  readonly onClose: () => void;
}

/** Asks who is to look after something: the reader first, people and teams by name, or nobody. */
export function AssignDialog({ about, onAssign, onClose }: AssignDialogProps) {
  const { answer, error, reload } = useRequest('people', (signal) => serverClient().listPeople({}, signal));
  const title = t('workList.dialog.assign', 'Assign {{about}}', { about });
  if (error) {
    return (
      <Modal title={title} isOpen onDismiss={onClose}>
        <ProblemNotice error={error} onRetry={reload} />
      </Modal>
    );
  }
  return (
    <ChoiceDialog
      title={title}
      {...(answer ? {} : { note: t('workList.dialog.assignLoading', 'Reading the list of people …') })}
      filterLabel={t('workList.dialog.assignFilter', 'Name of a person or a team')}
      // Nothing to choose before the list is there: Enter would take nobody, or make a team of somebody's name.
      choices={(text) => (answer ? choicesOf(answer, text, onAssign) : null)}
      onClose={onClose}
    />
  );
}

function choicesOf(
  people: ListPeopleResponse,
  text: string,
  onAssign: AssignDialogProps['onAssign']
): readonly Choice[] {
  const found = matchAssignees(assigneesOf(people), text).map((assignee): Choice => ({
    key: `${assignee.kind} ${assignee.id}`,
    label: <AssigneeMark assignee={assignee} hasName />,
    hint: hintOf(assignee.kind, assignee.id === people.myId),
    choose: () => onAssign(assignee),
  }));
  const nobody: Choice = {
    key: 'nobody',
    label: t('workList.dialog.nobody', 'Nobody'),
    choose: () => onAssign(null),
  };
  return text.trim() === '' ? [...found, nobody] : found;
}

function hintOf(kind: 'person' | 'team', isMe: boolean): string {
  if (isMe) {
    return t('workList.dialog.me', 'you');
  }
  return kind === 'team' ? t('workList.dialog.team', 'team') : '';
}
