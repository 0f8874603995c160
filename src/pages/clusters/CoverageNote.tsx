import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { testIds } from '../../test-ids';
import { countOf } from '../../ui/number-format';

/** One line above the list: how much it holds. What that rests on is said once, by the coverage below it. */
export function CoverageNote({ answer }: { answer: ListClustersResponse }) {
  const styles = useStyles2(getStyles);
  const { totalClusterCount, totalEventCount, totalLineCount } = answer;
  return (
    <div className={styles.note} data-testid={testIds.clusters.summary}>
      <span>
        <strong>{countOf(totalClusterCount, 'cluster')}</strong>
        {t('clusters.coverage.counts', ', {{events}} in {{lines}}', {
          events: countOf(totalEventCount, 'event'),
          lines: countOf(totalLineCount, 'line'),
        })}
      </span>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      '& strong': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
    }),
  };
}
