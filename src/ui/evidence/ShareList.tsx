import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { percent } from '../number-format';

export interface LabelShare {
  readonly name: string;
  readonly value: string;
  /** 0..1, of what is looked at. */
  readonly share: number;
  /** 0..1, of what it is compared with. */
  readonly otherShare: number;
}

interface ShareListProps {
  readonly legend: string;
  readonly shares: readonly LabelShare[];
}

/** Label values with their share of some lines, against their share of the others. */
export function ShareList({ legend, shares }: ShareListProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <p className={styles.legend}>{legend}</p>
      <ul className={styles.list}>
        {shares.map(({ name, value, share, otherShare }) => {
          const spoken = t('evidence.share', '{{name}} {{value}}: {{share}} against {{other}}', {
            name,
            value,
            share: percent(share),
            other: percent(otherShare),
          });
          return (
            <li key={`${name} ${value}`} title={spoken}>
              <div className={styles.text}>
                <span className={styles.label}>
                  <span className={styles.secondary}>{name}=</span>
                  {value}
                </span>
                <span className={styles.figures}>
                  {percent(share)}{' '}
                  <span className={styles.secondary}>
                    {t('app.share.before', 'vs {{share}}', { share: percent(otherShare) })}
                  </span>
                </span>
              </div>
              <div className={styles.track} role="img" aria-label={spoken}>
                <div className={styles.bar} style={{ width: `${share * 100}%` }} />
                <div className={styles.mark} style={{ left: `${otherShare * 100}%` }} />
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    legend: css({ ...small, margin: theme.spacing(0, 0, 1), color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    text: css({ ...small, display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1) }),
    label: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    secondary: css({ color: theme.colors.text.secondary }),
    figures: css({ flex: 'none', fontVariantNumeric: 'tabular-nums' }),
    track: css({
      position: 'relative',
      height: 6,
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.background.secondary,
    }),
    bar: css({ height: '100%', borderRadius: theme.shape.radius.pill, background: theme.colors.primary.main }),
    mark: css({
      position: 'absolute',
      top: -2,
      bottom: -2,
      width: 2,
      marginLeft: -1,
      background: theme.colors.text.primary,
    }),
  };
}
