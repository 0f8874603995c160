import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { testIds } from '../../test-ids';
import { countOf } from '../../ui/number-format';
import { relativeTime } from '../../ui/relative-time';
import { useNowMs } from '../../ui/use-now';

/** One line above the list: how much it holds, and how fresh that is. */
export function CoverageNote({ answer }: { answer: ListClustersResponse }) {
  const styles = useStyles2(getStyles);
  const { coverage, totalClusterCount, totalEventCount, totalLineCount } = answer;
  const nowMs = useNowMs();
  return (
    <div className={styles.note} data-testid={testIds.clusters.summary}>
      <span>
        <strong>{countOf(totalClusterCount, 'cluster')}</strong>
        {t('clusters.coverage.counts', ', {{events}} of {{lines}}', {
          events: countOf(totalEventCount, 'event'),
          lines: countOf(coverage.lineCount, 'line'),
        })}
        {linesNote(totalLineCount, coverage.lineCount)}
        {coverage.readUpTo && (
          <>
            {t('clusters.coverage.up-to', '; read up to {{time}}', {
              time: relativeTime(Date.parse(coverage.readUpTo), nowMs),
            })}
          </>
        )}
      </span>
    </div>
  );
}

/** Filters leave some of the lines out; then both numbers are worth saying. */
function linesNote(matchingLineCount: number, allLineCount: number): string {
  return matchingLineCount === allLineCount
    ? ''
    : t('clusters.coverage.matching', ' ({{count, number}} lines match)', {
        count: matchingLineCount,
        defaultValue_one: ' ({{count, number}} line matches)',
      });
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
