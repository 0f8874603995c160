import React from 'react';
import { t } from '../../translations';
import { ChoiceDialog, type Choice } from '../../ui/ChoiceDialog';
import { countOf } from '../../ui/number-format';
import { AssignDialog } from '../../work-list/AssignDialog';
import type { Incident } from './incident-settings';
import type { IncidentActions } from './IncidentActions';

/** A question about incidents that an action asks before it is done: they stay those that it was asked for. */
export interface AskedIncidents {
  readonly dialog: 'assign' | 'hold-back';
  readonly incidents: readonly Incident[];
}

interface IncidentDialogsProps {
  readonly asked: AskedIncidents | undefined;
  readonly actions: IncidentActions;
  readonly onClose: () => void;
}

/** A day for what is worked on, two weeks for what is known, a quarter for what is accepted. */
const dayChoices = [1, 14, 90];

export function IncidentDialogs({ asked, actions, onClose }: IncidentDialogsProps) {
  if (asked === undefined) {
    return null;
  }
  const about = countOf(asked.incidents.length, 'incident');
  if (asked.dialog === 'assign') {
    return (
      <AssignDialog
        about={about}
        onAssign={(assignee) => actions.assign(asked.incidents, assignee)}
        onClose={onClose}
      />
    );
  }
  const choices = dayChoices.map((days): Choice => ({
    key: String(days),
    label: t('anomalies.holdBack.for', 'For {{days}}', { days: countOf(days, 'day') }),
    choose: () => actions.holdBack(asked.incidents, days),
  }));
  return (
    <ChoiceDialog
      title={t('anomalies.holdBack.title', 'Not worth telling: hold the like of {{about}} back', { about })}
      note={t(
        'anomalies.holdBack.note',
        'Until then, anomalies of the same kind in the same service and cluster open no incident and tell nobody. They are still found: the page “Held back” counts them, and lets them through again at any time.'
      )}
      choices={() => choices}
      onClose={onClose}
    />
  );
}
