import { Button, EmptyState, TextLink } from '@grafana/ui';
import React from 'react';
import { clustersPath } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';

export function NoRules({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return (
    <div data-testid={testIds.empty}>
      {isFiltered ? (
        <EmptyState
          variant="not-found"
          message={t('rules.empty.filtered', 'No rule of this kind')}
          button={
            <Button variant="secondary" icon="times" onClick={onClear}>
              {t('rules.empty.clear', 'Show all rules')}
            </Button>
          }
        />
      ) : (
        <EmptyState variant="call-to-action" hideImage message={t('rules.empty.title', 'Nobody has made a rule yet')}>
          {t(
            'rules.empty.detail',
            'Lines are grouped by themselves. Where that is not what you mean, open a cluster to merge, split, mask or rename it; what a rule would do is shown before.'
          )}{' '}
          <TextLink href={clustersPath}>{t('rules.empty.link', 'Open the clusters')}</TextLink>
        </EmptyState>
      )}
    </div>
  );
}
