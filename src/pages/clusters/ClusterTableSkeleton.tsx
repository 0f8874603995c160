import { css, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { testIds } from '../../test-ids';

/** Widths of the template's bar, in percent: uneven, as templates are. */
const rowWidthsPercent = [72, 54, 81, 63, 47, 76, 58, 69];

export function ClusterTableSkeleton() {
  const styles = useStyles2(getStyles);
  return (
    <div
      className={styles.frame}
      role="status"
      aria-label={t('clusters.table.loading', 'Loading clusters')}
      data-testid={testIds.clusters.loading}
    >
      {rowWidthsPercent.map((widthPercent, index) => (
        <div key={index} className={styles.row}>
          <div className={styles.bar} style={{ width: 56 }} />
          <div className={styles.wide}>
            <div className={styles.bar} style={{ width: `${widthPercent}%` }} />
          </div>
          <div className={styles.bar} style={{ width: 96 }} />
          <div className={styles.bar} style={{ width: 132 }} />
        </div>
      ))}
    </div>
  );
}

const pulse = keyframes({ '0%, 100%': { opacity: 0.55 }, '50%': { opacity: 1 } });

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({ border: `1px solid ${theme.colors.border.weak}`, borderRadius: theme.shape.radius.default }),
    row: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(3),
      height: 44,
      padding: theme.spacing(0, 1.5),
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    wide: css({ flex: 1 }),
    bar: css({
      height: 12,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      [theme.transitions.handleMotion('no-preference')]: { animation: `${pulse} 1.6s ease-in-out infinite` },
    }),
  };
}
