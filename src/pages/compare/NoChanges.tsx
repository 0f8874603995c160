import { Button, EmptyState } from '@grafana/ui';
import type { CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';

interface NoChangesProps {
  readonly answer: CompareClustersResponse;
  readonly isFiltered: boolean;
  readonly onClearKinds: () => void;
}

/** Nothing to show: because nothing changed, because of the filter, or because one side was never read. */
export function NoChanges({ answer, isFiltered, onClearKinds }: NoChangesProps) {
  return <div data-testid={testIds.empty}>{emptyState(answer, isFiltered, onClearKinds)}</div>;
}

function emptyState({ before, after }: CompareClustersResponse, isFiltered: boolean, onClearKinds: () => void) {
  if (before.readMs === 0 || after.readMs === 0) {
    return (
      <EmptyState variant="not-found" message={t('compare.unread.title', 'One of the two ranges has not been read')}>
        {t('compare.unread.detail', 'There is nothing to compare with. Choose ranges that LogHunter has read.')}
      </EmptyState>
    );
  }
  if (isFiltered) {
    return (
      <EmptyState
        variant="not-found"
        message={t('compare.filtered.title', 'No cluster changed in this way')}
        button={
          <Button variant="secondary" icon="times" onClick={onClearKinds}>
            {t('compare.filtered.clear', 'Show all changes')}
          </Button>
        }
      >
        {t('compare.filtered.detail', 'There may be changes of other kinds.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="completed" message={t('compare.none.title', 'Nothing changed')}>
      {t('compare.none.detail', 'Every cluster is about as frequent as before.')}
    </EmptyState>
  );
}
