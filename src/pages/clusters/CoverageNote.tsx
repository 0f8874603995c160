import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
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
    gaps.behindUpTo && `still reading: everything up to ${exactTime(gaps.behindUpTo)} is in`,
    gaps.beforeFrom && `nothing before ${exactTime(gaps.beforeFrom)} has been read`,
    gaps.unreadLineCount > 0 &&
      `${countOf(gaps.unreadLineCount, 'line')} could not be read: too many on one nanosecond`,
    gaps.unclusteredLineCount > 0 &&
      `${countOf(gaps.unclusteredLineCount, 'line')} counted without a cluster: there are too many clusters`,
  ].filter((remark) => typeof remark === 'string');
  return (
    <div className={styles.note} data-testid={testIds.clusters.summary}>
      <span>
        <strong>{countOf(totalClusterCount, 'cluster')}</strong>, {countOf(totalEventCount, 'event')} of{' '}
        {countOf(coverage.lineCount, 'line')}
        {linesNote(totalLineCount, coverage.lineCount)}
        {coverage.readUpTo && gaps.behindUpTo === undefined && (
          <>; read up to {relativeTime(Date.parse(coverage.readUpTo), nowMs)}</>
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
