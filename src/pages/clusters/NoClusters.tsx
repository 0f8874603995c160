import { dateTimeFormat } from '@grafana/data';
import { Button, EmptyState } from '@grafana/ui';
import type { Coverage } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { testIds } from '../../test-ids';

interface NoClustersProps {
  readonly coverage: Coverage;
  readonly isFiltered: boolean;
  readonly timeZone: string;
  readonly onClearFilters: () => void;
}

/** An empty list says why it is empty and what to do about it. */
export function NoClusters(props: NoClustersProps) {
  return <div data-testid={testIds.empty}>{emptyState(props)}</div>;
}

function emptyState({ coverage, isFiltered, timeZone, onClearFilters }: NoClustersProps) {
  if (coverage.readUpTo === null) {
    return (
      <EmptyState variant="call-to-action" message={t('clusters.empty.unread', 'No logs have been read yet')} hideImage>
        {t(
          'clusters.empty.unread-why',
          "LogHunter reads forward from a few hours ago. The first clusters appear within a minute or two of the server's start; the configuration page shows whether it reaches the log store."
        )}
      </EmptyState>
    );
  }
  if (isFiltered && coverage.lineCount > 0) {
    return (
      <EmptyState
        variant="not-found"
        message={t('clusters.empty.filtered', 'No cluster matches the filters')}
        button={
          <Button variant="secondary" icon="times" onClick={onClearFilters}>
            {t('clusters.empty.clear', 'Clear filters')}
          </Button>
        }
      >
        {t(
          'clusters.empty.filtered-why',
          'There may be clusters of other services, namespaces or levels in this time range.'
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="not-found" message={t('clusters.empty.range', 'No log lines in this time range')}>
      {t('clusters.empty.range-why', 'Choose a longer or a later range. What has been read ends at {{time}}.', {
        time: dateTimeFormat(coverage.readUpTo, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
      })}
    </EmptyState>
  );
}
