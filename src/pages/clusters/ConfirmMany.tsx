import { ConfirmModal } from '@grafana/ui';
import type { WorkAction } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import type { WorkTarget } from '../../work-list/WorkActions';

interface ConfirmManyProps {
  readonly action: WorkAction;
  readonly target: WorkTarget;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before many clusters change at once. */
export function ConfirmMany({ action, target, onConfirm, onClose }: ConfirmManyProps) {
  const clusters = countOf(target.count, 'cluster');
  return (
    <ConfirmModal
      isOpen
      title={t('clusters.confirm.title', 'Change {{clusters}}', { clusters })}
      body={questionText(action, clusters)}
      description={
        'filter' in target
          ? t(
              'clusters.confirm.matching',
              'All that match the filters, also those further down. One undo takes it back.'
            )
          : t('clusters.confirm.chosen', 'One undo takes it back.')
      }
      confirmText={t('clusters.confirm.go', 'Change {{clusters}}', { clusters })}
      confirmButtonVariant="primary"
      onConfirm={onConfirm}
      onDismiss={onClose}
    />
  );
}

function questionText(action: WorkAction, clusters: string): string {
  switch (action.kind) {
    case 'resolve':
      return t('clusters.confirm.resolve', 'Resolve {{clusters}}?', { clusters });
    case 'ignore':
      return t('clusters.confirm.ignore', 'Ignore {{clusters}}?', { clusters });
    case 'reopen':
      return t('clusters.confirm.reopen', 'Open {{clusters}} again?', { clusters });
    case 'assign':
      return action.assignee === null
        ? t('clusters.confirm.unassign', 'Assign {{clusters}} to nobody?', { clusters })
        : t('clusters.confirm.assign', 'Assign {{clusters}} to {{name}}?', { clusters, name: action.assignee.name });
  }
}
