import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { bandColors } from './band-config';
import type { BandPoint } from './band-series';

interface BandLegendProps {
  /** The step under the pointer. */
  readonly pointed: BandPoint | undefined;
  readonly timeZone: string;
  readonly formatValue: (value: number) => string;
  readonly hasDeploys: boolean;
}

/** What the lines mean, and their values at the step under the pointer. */
export function BandLegend({ pointed, timeZone, formatValue, hasDeploys }: BandLegendProps) {
  const styles = useStyles2(getStyles);
  const colors = bandColors(useTheme2());
  const value = (known: number | null | undefined) =>
    known === null || known === undefined ? t('app.band.unknown', 'not known') : formatValue(known);
  const band =
    pointed &&
    t('app.band.range', '{{lower}} to {{upper}}', { lower: value(pointed.lower), upper: value(pointed.upper) });
  return (
    <figcaption className={styles.legend}>
      <Entry
        color={colors.observed}
        name={t('app.band.observed', 'observed')}
        value={pointed && value(pointed.observed)}
      />
      <Entry
        color={colors.expected}
        name={t('app.band.expected', 'expected')}
        value={pointed && value(pointed.expected)}
        isDashed
      />
      <Entry color={colors.band} name={t('app.band.usual', 'usual range')} value={band} isThick />
      {hasDeploys && (
        <span>
          <span className={styles.flag} aria-hidden /> {t('app.band.deploy', 'deploy')}
        </span>
      )}
      <span className={styles.time}>
        {pointed && dateTimeFormat(pointed.atMs, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })}
      </span>
    </figcaption>
  );
}

interface EntryProps {
  readonly color: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly isDashed?: boolean;
  readonly isThick?: boolean;
}

function Entry({ color, name, value, isDashed = false, isThick = false }: EntryProps) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.entry}>
      <span
        aria-hidden
        className={styles.key}
        style={
          isThick ? { background: color, height: 10 } : { borderTop: `2px ${isDashed ? 'dashed' : 'solid'} ${color}` }
        }
      />
      {name}
      {value !== undefined && <strong className={styles.value}>{value}</strong>}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 2),
      minHeight: 20,
      paddingTop: theme.spacing(0.5),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75) }),
    key: css({ width: 18, display: 'inline-block' }),
    value: css({
      color: theme.colors.text.primary,
      fontWeight: theme.typography.fontWeightMedium,
      fontVariantNumeric: 'tabular-nums',
    }),
    flag: css({
      display: 'inline-block',
      borderInline: '5px solid transparent',
      borderTop: `9px solid ${theme.visualization.getColorByName('purple')}`,
    }),
    time: css({ marginInlineStart: 'auto', fontVariantNumeric: 'tabular-nums' }),
  };
}
