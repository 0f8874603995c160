import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import type { GetCoverageResponse, TimeRangeQuery, WatchCoverage } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../api/server-client';
import { useRequest } from '../api/use-request';
import { t } from '../translations';
import { exactCount, shortCount } from './number-format';

/** How much of the range's lines the page's numbers rest on, and why not all; nothing while that is not known. */
export function CoverageLine({ range }: { readonly range: TimeRangeQuery }) {
  const styles = useStyles2(getStyles);
  const { answer } = useRequest(JSON.stringify(range), (signal) => serverClient().getCoverage(range, signal));
  if (answer === undefined) {
    return null;
  }
  const reasons = reasonsOf(answer);
  return (
    <div className={styles.line} data-testid="loghunter coverage">
      <span>{restsOn(answer)}</span>
      {reasons.length > 0 && <span className={styles.reasons}>{reasons.join('; ')}</span>}
      <Tooltip content={<Watches watches={answer.watches} />} placement="bottom" interactive>
        <button type="button" className={styles.more} aria-label={t('coverage.watches', 'Lines of each watch')}>
          <Icon name="info-circle" size="sm" />
        </button>
      </Tooltip>
    </div>
  );
}

function restsOn({ seenLineCount, clusteredLineCount }: GetCoverageResponse): string {
  return seenLineCount === clusteredLineCount
    ? t('coverage.all', 'Rests on all of {{count}} lines', { count: shortCount(seenLineCount) })
    : t('coverage.some', 'Rests on {{clustered}} of {{seen}} lines', {
        clustered: shortCount(clusteredLineCount),
        seen: shortCount(seenLineCount),
      });
}

function reasonsOf({ watches, ...counts }: GetCoverageResponse): readonly string[] {
  const parts = watches.filter(({ reads }) => reads === 'part').map(({ oneIn }) => oneIn);
  return [
    counts.estimatedLineCount > 0 &&
      t('coverage.estimated', '{{count}} are estimated: 1 in {{oneIn}} is read', {
        count: shortCount(counts.estimatedLineCount),
        oneIn: [...new Set(parts)].join(', '),
      }),
    counts.unreadLineCount > 0 &&
      t('coverage.unread', '{{count}} were counted and not read', { count: shortCount(counts.unreadLineCount) }),
    counts.unclusteredLineCount > 0 &&
      t('coverage.unclustered', '{{count}} have no cluster: there are too many', {
        count: shortCount(counts.unclusteredLineCount),
      }),
    counts.lateLineCount > 0 && t('coverage.late', '{{count}} came late', { count: shortCount(counts.lateLineCount) }),
  ].filter((reason) => reason !== false);
}

function Watches({ watches }: { readonly watches: readonly WatchCoverage[] }) {
  return (
    <ul>
      {watches.map((watch) => (
        <li key={watch.name}>
          {t('coverage.watch', '{{name}}: {{clustered}} of {{seen}} lines, {{late}} late', {
            name: watch.name,
            clustered: exactCount(watch.clusteredLineCount),
            seen: exactCount(watch.seenLineCount),
            late: exactCount(watch.lateLineCount),
          })}
          {watch.reads === 'volume' && ` (${t('coverage.volume', 'counted only')})`}
          {watch.reads === 'part' && ` (${t('coverage.part', '1 in {{oneIn}} is read', { oneIn: watch.oneIn })})`}
        </li>
      ))}
    </ul>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    line: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    reasons: css({ color: theme.colors.text.primary }),
    more: css({ padding: 0, border: 0, background: 'transparent', color: 'inherit', lineHeight: 1 }),
  };
}
