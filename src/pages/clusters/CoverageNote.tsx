import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { testIds } from '../../test-ids';
import { countOf } from '../../ui/number-format';
import { relativeTime } from '../../ui/relative-time';
import { useNowMs } from '../../ui/use-now';
import { coverageGaps } from './coverage';

/** One line above the list: how much it holds, and how much of the range it covers. */
export function CoverageNote({ answer }: { answer: ListClustersResponse }) {
  const styles = useStyles2(getStyles);
  const { coverage, totalClusterCount, totalEventCount, totalLineCount } = answer;
  const nowMs = useNowMs();
  const gaps = coverageGaps(answer, nowMs);
  const remarks = [
    gaps.behindUpTo &&
      t('clusters.coverage.behind', 'still reading: everything up to {{time}} is in', {
        time: exactTime(gaps.behindUpTo),
      }),
    gaps.beforeFrom &&
      t('clusters.coverage.before', 'nothing before {{time}} has been read', { time: exactTime(gaps.beforeFrom) }),
    gaps.unreadLineCount > 0 &&
      t('clusters.coverage.unread', '{{lines}} could not be read: too many on one nanosecond', {
        lines: countOf(gaps.unreadLineCount, 'line'),
      }),
    gaps.unclusteredLineCount > 0 &&
      t('clusters.coverage.unclustered', '{{lines}} counted without a cluster: there are too many clusters', {
        lines: countOf(gaps.unclusteredLineCount, 'line'),
      }),
  ].filter((remark) => typeof remark === 'string');
  return (
    <div className={styles.note} data-testid={testIds.clusters.summary}>
      <span>
        <strong>{countOf(totalClusterCount, 'cluster')}</strong>
        {t('clusters.coverage.counts', ', {{events}} of {{lines}}', {
          events: countOf(totalEventCount, 'event'),
          lines: countOf(coverage.lineCount, 'line'),
        })}
        {linesNote(totalLineCount, coverage.lineCount)}
        {coverage.readUpTo && gaps.behindUpTo === undefined && (
          <>
            {t('clusters.coverage.up-to', '; read up to {{time}}', {
              time: relativeTime(Date.parse(coverage.readUpTo), nowMs),
            })}
          </>
        )}
      </span>
      {remarks.length > 0 && (
        <span className={styles.gap}>
          <Icon name="exclamation-triangle" size="sm" /> {remarks.join('; ')}
        </span>
      )}
    </div>
  );
}

/** Filters leave some of the lines out; then both numbers are worth saying. */
function linesNote(matchingLineCount: number, allLineCount: number): string {
  return matchingLineCount === allLineCount ? '' : ` (${countOf(matchingLineCount, 'line')} match)`;
}

function exactTime(at: string): string {
  return dateTimeFormat(at, { format: 'YYYY-MM-DD HH:mm' });
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
    gap: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      color: theme.colors.warning.text,
    }),
  };
}
