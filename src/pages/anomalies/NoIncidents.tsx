import { Button, EmptyState } from '@grafana/ui';
import type { DetectionStatus } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { hasIncidentFilters, type IncidentSettings } from './incident-settings';

interface NoIncidentsProps {
  readonly detection: DetectionStatus;
  readonly settings: IncidentSettings;
  readonly onClear: () => void;
}

/** An empty list says why it is empty and what to do about it. */
export function NoIncidents(props: NoIncidentsProps) {
  return <div data-testid={testIds.empty}>{emptyState(props)}</div>;
}

function emptyState({ detection, settings, onClear }: NoIncidentsProps) {
  if (hasIncidentFilters(settings)) {
    return (
      <EmptyState
        variant="not-found"
        message={t('anomalies.empty.filtered', 'No incident matches the filters')}
        button={
          <Button variant="secondary" icon="times" onClick={onClear}>
            {t('anomalies.empty.clear', 'Clear filters')}
          </Button>
        }
      />
    );
  }
  if (detection.detectedUpTo === null) {
    return (
      <EmptyState
        variant="call-to-action"
        message={t('anomalies.empty.not-judged', 'Nothing has been judged yet')}
        hideImage
      >
        {t(
          'anomalies.empty.not-judged-hint',
          'LogHunter first learns what is usual. A rehearsal shows what it would have told on the days that are known.'
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="completed" message={t('anomalies.empty.quiet', 'Nothing unusual in this time range')}>
      {t(
        'anomalies.empty.quiet-hint',
        'Every minute up to the time above has been judged. Choose a longer range to see older incidents.'
      )}
    </EmptyState>
  );
}
