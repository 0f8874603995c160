import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { ClusterLine, SearchGroup } from '@loghunter/contracts';
import React, { useId, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { rangeUrlKeys } from '../../scenes/log-scene';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { logLineStyle } from '../../ui/log-line-style';
import { CopyButton } from '../../ui/CopyButton';
import { LevelMark } from '../../ui/LevelMark';
import { Moment } from '../../ui/Moment';
import { nanosecondsToMs } from '../../ui/nanoseconds';
import { exactCount } from '../../ui/number-format';
import { useNowMs } from '../../ui/use-now';

interface FoundGroupProps {
  readonly group: SearchGroup;
  readonly timeZone: string;
}

/** What was found of one cluster; its lines on request. */
export function FoundGroup({ group, timeZone }: FoundGroupProps) {
  const styles = useStyles2(getStyles);
  const { search } = useLocation();
  const nowMs = useNowMs();
  const linesId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { clusterId, isKnown, service, namespace, level, templateText, title, eventCount, lastFound, lines } = group;
  const name = title ?? templateText;
  return (
    <li className={styles.group} data-testid={testIds.search.group}>
      <div className={styles.head}>
        <span className={styles.level}>
          <LevelMark level={level} />
        </span>
        <div className={styles.template}>
          {isKnown ? (
            <a href={clusterHref(clusterId, rangeOnly(search))}>{name}</a>
          ) : (
            <span title={t('search.unknown', 'Not counted yet, or not read by LogHunter')}>{name}</span>
          )}
          <div className={styles.note}>
            {[service, namespace].filter((part) => part !== '').join(', ')} ·{' '}
            <Moment at={lastFound} timeZone={timeZone} nowMs={nowMs} />
          </div>
        </div>
        <span className={styles.count}>{exactCount(eventCount)}</span>
        <Button
          size="sm"
          variant="secondary"
          fill="text"
          icon={isOpen ? 'angle-down' : 'angle-right'}
          aria-expanded={isOpen}
          aria-controls={linesId}
          disabled={lines.length === 0}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? t('search.hide-lines', 'Hide lines') : t('search.show-lines', 'Show lines')}
        </Button>
      </div>
      <div id={linesId} hidden={!isOpen}>
        {isOpen && <FoundLines lines={lines} eventCount={eventCount} timeZone={timeZone} />}
      </div>
    </li>
  );
}

interface FoundLinesProps {
  readonly lines: readonly ClusterLine[];
  readonly eventCount: number;
  readonly timeZone: string;
}

function FoundLines({ lines, eventCount, timeZone }: FoundLinesProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          <li key={`${line.timestampNs} ${index}`} data-testid={testIds.search.line}>
            <time dateTime={new Date(nanosecondsToMs(line.timestampNs)).toISOString()}>
              {dateTimeFormat(nanosecondsToMs(line.timestampNs), { timeZone, format: 'MM-DD HH:mm:ss.SSS' })}
            </time>
            <pre>{line.text}</pre>
            <CopyButton label={t('search.copy-line', 'Copy line')} text={line.text} />
          </li>
        ))}
      </ol>
      {eventCount > lines.length && (
        <p className={styles.note}>
          {t('search.some-lines', 'The newest {{shown}} of {{all}} events.', {
            shown: exactCount(lines.length),
            all: exactCount(eventCount),
          })}
        </p>
      )}
    </>
  );
}

/** A cluster's page has parameters of its own: only range and data source go along. */
function rangeOnly(search: string): string {
  const kept = new URLSearchParams(search);
  for (const name of [...kept.keys()]) {
    if (!rangeUrlKeys.includes(name)) {
      kept.delete(name);
    }
  }
  return `?${kept.toString()}`;
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    group: css({ padding: theme.spacing(1, 0), borderTop: `1px solid ${theme.colors.border.weak}` }),
    head: css({ display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1.5) }),
    // As wide for each level, so that what was found stands in one column.
    level: css({ flex: 'none', width: theme.spacing(9) }),
    template: css({
      flex: 1,
      minWidth: 0,
      overflowWrap: 'anywhere',
      fontFamily: theme.typography.fontFamilyMonospace,
      ...small,
      '& a:hover': { textDecoration: 'underline' },
    }),
    note: css({ margin: 0, fontFamily: theme.typography.fontFamily, color: theme.colors.text.secondary, ...small }),
    count: css({ fontVariantNumeric: 'tabular-nums' }),
    lines: css({
      listStyle: 'none',
      margin: theme.spacing(1, 0),
      ...small,
      '& li': { display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1), padding: theme.spacing(0.25, 0) },
      ...logLineStyle(theme),
    }),
  };
}
