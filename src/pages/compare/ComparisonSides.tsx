import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf, percent } from '../../ui/number-format';
import { rangeText } from '../../ui/range-text';
import type { SideNames } from './side-names';

type Side = CompareClustersResponse['before'];

interface ComparisonSidesProps {
  readonly answer: CompareClustersResponse;
  readonly names: SideNames;
  readonly timeZone: string;
}

/** What is compared: both ranges with their figures, and how much of each has been read. */
export function ComparisonSides({ answer, names, timeZone }: ComparisonSidesProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.sides} data-testid={testIds.compare.sides}>
      <SideFacts title={names.before} side={answer.before} timeZone={timeZone} />
      <Icon name="arrow-right" className={styles.arrow} />
      <SideFacts title={names.after} side={answer.after} timeZone={timeZone} />
      {answer.leftOutClusterCount > 0 && (
        <p className={styles.gap}>
          <Icon name="exclamation-triangle" size="sm" />{' '}
          {t('compare.sides.leftOut', '{{clusters}} could not be compared: they are among the rarest of too many', {
            clusters: countOf(answer.leftOutClusterCount, 'cluster'),
          })}
        </p>
      )}
    </div>
  );
}

/** The newest minutes of a range that ends now are always still being read. */
const toldBelow = 0.95;

function SideFacts({ title, side, timeZone }: { title: string; side: Side; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const lengthMs = Date.parse(side.range.to) - Date.parse(side.range.from);
  const readShare = lengthMs === 0 ? 1 : Math.min(1, side.readMs / lengthMs);
  return (
    <section className={styles.side} aria-label={title}>
      <h2>{title}</h2>
      <div>{rangeText(side.range, timeZone)}</div>
      <div className={styles.figures}>
        {countOf(side.eventCount, 'event')} · {countOf(side.clusterCount, 'cluster')}
      </div>
      {readShare < toldBelow && (
        <div className={styles.gap}>
          <Icon name="exclamation-triangle" size="sm" />{' '}
          {t('compare.sides.partly', '{{share}} of it has been read; rates count this part only', {
            share: percent(readShare),
          })}
        </div>
      )}
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    sides: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'stretch', gap: theme.spacing(1, 2) }),
    arrow: css({ alignSelf: 'center', color: theme.colors.text.secondary }),
    side: css({
      flex: '1 1 280px',
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      '& h2': { ...theme.typography.bodySmall, margin: 0, color: theme.colors.text.secondary },
    }),
    figures: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    gap: css({ margin: 0, color: theme.colors.warning.text, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
