import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Sample } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { FoldedText } from '../../ui/FoldedText';

/** Lines kept with the cluster itself, secrets removed: what is left when the log store has nothing to give. */
export function StoredSamples({ samples, timeZone }: { samples: readonly Sample[]; timeZone: string }) {
  const styles = useStyles2(getStyles);
  if (samples.length === 0) {
    return null;
  }
  return (
    <div className={styles.samples}>
      <h3 className={styles.title}>{t('cluster.samples.title', 'Samples stored with the cluster, secrets removed')}</h3>
      <ol className={styles.list}>
        {samples.map((sample, index) => (
          <li key={index} className={styles.sample}>
            <time dateTime={sample.at}>{dateTimeFormat(sample.at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })}</time>
            <div>
              <FoldedText text={sample.text} render={(endOffset) => sample.text.slice(0, endOffset)} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    samples: css({ padding: theme.spacing(0, 1.5, 1.5) }),
    title: css({ ...theme.typography.bodySmall, margin: theme.spacing(0, 0, 0.5), color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none' }),
    sample: css({
      display: 'flex',
      gap: theme.spacing(1.5),
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.6,
      '& > time': { flex: 'none', color: theme.colors.text.secondary },
      '& > div': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 },
    }),
  };
}
