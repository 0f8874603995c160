import { Button, Field, Input, Modal } from '@grafana/ui';
import type { ListPeopleResponse, WorkAction } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { serverClient } from '../api/server-client';
import { t } from '../translations';
import { ChoiceDialog, type Choice } from '../ui/ChoiceDialog';
import { useFocusReturn } from '../ui/use-focus-return';
import { AssigneeMark } from './AssigneeMark';
import { ignoreChoices } from './ignore-choices';
import { assigneesOf, matchAssignees } from './people';

/** A question that an action asks before it is done. */
export type WorkDialog = 'ignore' | 'assign' | 'release';

interface WorkDialogsProps {
  readonly dialog: WorkDialog | undefined;
  /** What it is about: `3 clusters`. */
  readonly about: string;
  readonly onAction: (action: WorkAction) => void;
  readonly onClose: () => void;
}

export function WorkDialogs({ dialog, about, onAction, onClose }: WorkDialogsProps) {
  switch (dialog) {
    case 'ignore':
      return <IgnoreDialog about={about} onAction={onAction} onClose={onClose} />;
    case 'assign':
      return <AssignDialog about={about} onAction={onAction} onClose={onClose} />;
    case 'release':
      return <ReleaseDialog about={about} onAction={onAction} onClose={onClose} />;
    case undefined:
      return null;
  }
}

type DialogProps = Omit<WorkDialogsProps, 'dialog'>;

function IgnoreDialog({ about, onAction, onClose }: DialogProps) {
  const choices = ignoreChoices().map(({ key, label, hint, action }): Choice => ({
    key,
    label,
    hint,
    choose: () => onAction(action(Date.now())),
  }));
  return (
    <ChoiceDialog
      title={t('workList.dialog.ignore', 'Ignore {{about}}', { about })}
      choices={() => choices}
      onClose={onClose}
    />
  );
}

const noPeople: ListPeopleResponse = { people: [], teams: [], myId: null };

function AssignDialog({ about, onAction, onClose }: DialogProps) {
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
    choose: () => onAction({ kind: 'assign', assignee: null }),
  };
  const choices = (text: string): readonly Choice[] => {
    const found = matchAssignees(assigneesOf(people), text).map((assignee): Choice => ({
      key: `${assignee.kind} ${assignee.id}`,
      label: <AssigneeMark assignee={assignee} hasName />,
      hint: hintOf(assignee.kind, assignee.id === people.myId),
      choose: () => onAction({ kind: 'assign', assignee }),
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

function ReleaseDialog({ about, onAction, onClose }: DialogProps) {
  const [release, setRelease] = useState('');
  useFocusReturn();
  const isEmpty = release.trim() === '';
  return (
    <Modal title={t('workList.dialog.resolve', 'Resolve {{about}} in a release', { about })} isOpen onDismiss={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) {
            onClose();
            onAction({ kind: 'resolve', release: release.trim() });
          }
        }}
      >
        <Field
          label={t('workList.dialog.release', 'Release')}
          description={t(
            'workList.dialog.releaseHint',
            'The first one that holds the fix. Lines of releases that were known before do not open it again.'
          )}
        >
          <Input
            autoFocus
            value={release}
            maxLength={200}
            placeholder="1.4.2"
            onChange={(event) => setRelease(event.currentTarget.value)}
          />
        </Field>
        <Modal.ButtonRow>
          <Button variant="secondary" type="button" onClick={onClose}>
            {t('workList.dialog.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={isEmpty}>
            {t('workList.buttons.resolve', 'Resolve')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
