import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import type { TimeRangeQuery, WatchCoverage } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../api/server-client';
import { useRequest } from '../api/use-request';
import { testIds } from '../test-ids';
import { t } from '../translations';
import { behindText, reasonsOf, restsOn } from './coverage-words';
import { exactCount } from './number-format';

interface CoverageLineProps {
  /** A range that goes on moves by the minute at most: each other one is asked for anew. */
  readonly range: TimeRangeQuery;
  readonly timeZone: string;
  /** Which range it is, where a page has several. */
  readonly label?: string;
}

/** How much of the range's lines the page's numbers rest on, and why not all; nothing before the first answer. */
export function CoverageLine({ range, timeZone, label }: CoverageLineProps) {
  const styles = useStyles2(getStyles);
  const { answer, error } = useRequest(JSON.stringify(range), (signal) => serverClient().getCoverage(range, signal));
  if (error) {
    return (
      <div className={styles.line} data-testid={testIds.coverage}>
        {t('coverage.unknown', 'How much of the lines this rests on is not known: {{problem}}', {
          problem: error.message,
        })}
      </div>
    );
  }
  if (answer === undefined) {
    return null;
  }
  const reasons = reasonsOf(answer, timeZone);
  return (
    <div className={styles.line} data-testid={testIds.coverage}>
      <span>
        {label === undefined
          ? restsOn(answer)
          : t('coverage.labelled', '{{label}}: {{text}}', { label, text: restsOn(answer) })}
      </span>
      {reasons.length > 0 && <span className={styles.reasons}>{reasons.join('; ')}</span>}
      <Tooltip content={<Watches watches={answer.watches} timeZone={timeZone} />} placement="bottom" interactive>
        <button type="button" className={styles.more} aria-label={t('coverage.watches', 'Lines of each watch')}>
          <Icon name="info-circle" size="sm" />
        </button>
      </Tooltip>
    </div>
  );
}

interface WatchesProps {
  readonly watches: readonly WatchCoverage[];
  readonly timeZone: string;
}

function Watches({ watches, timeZone }: WatchesProps) {
  return (
    <ul>
      {watches.map((watch) => (
        <li key={watch.name}>
          {t('coverage.watch', '{{name}}: {{clustered}} of {{seen}} lines, {{late}} late', {
            name: watch.source === '' ? watch.name : `${watch.name} (${watch.source})`,
            clustered: exactCount(watch.clusteredLineCount),
            seen: exactCount(watch.seenLineCount),
            late: exactCount(watch.lateLineCount),
          })}
          {watch.isBehind && `; ${behindText(watch, timeZone)}`}
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
