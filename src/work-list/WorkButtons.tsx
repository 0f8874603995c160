import { Button, Stack } from '@grafana/ui';
import type { WorkAction } from '@loghunter/contracts';
import React from 'react';
import { useMay } from '../api/use-role';
import { t } from '../translations';
import type { WorkDialog } from './WorkDialogs';

interface WorkButtonsProps {
  readonly canReopen: boolean;
  readonly isRunning: boolean;
  readonly onAction: (action: WorkAction) => void;
  readonly onDialog: (dialog: WorkDialog) => void;
  /** Say the keys that do the same, where there are some. */
  readonly hasKeys?: boolean;
}

/** Resolve, ignore, assign: for one cluster or for those that are chosen. */
export function WorkButtons({ canReopen, isRunning, onAction, onDialog, hasKeys = false }: WorkButtonsProps) {
  const isEditor = useMay('editor');
  const isDisabled = isRunning || isEditor !== true;
  const tip = (text: string, key = '') => {
    if (isEditor === false) {
      return t('workList.buttons.editorsOnly', 'Needs the role Editor');
    }
    return hasKeys && key !== '' ? `${text} (${key})` : text;
  };
  return (
    <Stack gap={1} wrap="wrap" alignItems="center">
      <Button
        size="sm"
        icon="check"
        disabled={isDisabled}
        tooltip={tip(t('workList.buttons.resolveTip', 'Done, until new lines come'), 'e')}
        onClick={() => onAction({ kind: 'resolve' })}
      >
        {t('workList.buttons.resolve', 'Resolve')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        icon="tag-alt"
        disabled={isDisabled}
        tooltip={tip(t('workList.buttons.releaseTip', 'Lines of older releases do not open it again'))}
        onClick={() => onDialog('release')}
      >
        {t('workList.buttons.release', 'Resolve in release …')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        icon="bell-slash"
        disabled={isDisabled}
        tooltip={tip(t('workList.buttons.ignoreTip', 'Goes on counting, tells nobody'), 'm')}
        onClick={() => onDialog('ignore')}
      >
        {t('workList.buttons.ignore', 'Ignore …')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        icon="user"
        disabled={isDisabled}
        tooltip={tip(t('workList.buttons.assignTip', 'Say who looks after it'), 'a')}
        onClick={() => onDialog('assign')}
      >
        {t('workList.buttons.assign', 'Assign …')}
      </Button>
      {canReopen && (
        <Button
          size="sm"
          variant="secondary"
          icon="history-alt"
          disabled={isDisabled}
          onClick={() => onAction({ kind: 'reopen' })}
        >
          {t('workList.buttons.reopen', 'Open again')}
        </Button>
      )}
    </Stack>
  );
}
