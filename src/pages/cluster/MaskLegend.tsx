import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ClusterLine } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { VariableChip } from '../../ui/TemplateText';
import { maskedTypes } from './line-text';

/** Says what the colours in the lines mean. */
export function MaskLegend({ lines }: { lines: readonly ClusterLine[] }) {
  const styles = useStyles2(getStyles);
  const types = maskedTypes(lines);
  const hasPeeled = lines.some((line) => line.spans.some((span) => span.kind === 'peeled'));
  return (
    <div className={styles.legend}>
      <span>
        <span className={styles.kept}>{t('cluster.legend.kept', 'Plain text')}</span>{' '}
        {t('cluster.legend.kept-why', 'makes these lines one cluster.')}
      </span>
      {types.length > 0 && (
        <span className={styles.types}>
          {t('cluster.legend.masked', 'Masked:')}{' '}
          {types.map((type) => (
            <VariableChip key={type} type={type} />
          ))}
        </span>
      )}
      {hasPeeled && (
        <span>
          <span className={styles.peeled}>{t('cluster.legend.peeled', 'Dimmed text')}</span>{' '}
          {t('cluster.legend.peeled-why', 'takes no part.')}
        </span>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(0.75, 1.5),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    types: css({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5) }),
    kept: css({ color: theme.colors.text.primary }),
    peeled: css({ textDecoration: 'underline dotted' }),
  };
}
