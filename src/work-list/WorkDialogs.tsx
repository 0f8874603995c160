import { Button, Field, Input, Modal } from '@grafana/ui';
import type { WorkAction } from '@loghunter/contracts';
import React, { useState } from 'react';
import { t } from '../translations';
import { ChoiceDialog, type Choice } from '../ui/ChoiceDialog';
import { useFocusReturn } from '../ui/use-focus-return';
import { AssignDialog } from './AssignDialog';
import { ignoreChoices } from './ignore-choices';

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
      return (
        <AssignDialog about={about} onAssign={(assignee) => onAction({ kind: 'assign', assignee })} onClose={onClose} />
      );
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
