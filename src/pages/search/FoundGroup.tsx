import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { ClusterLine, SearchGroup } from '@loghunter/contracts';
import React, { useId, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { rangeUrlKeys } from '../../scenes/log-scene';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { logLineStyle } from '../../ui/log-line-style';
import { LevelMark } from '../../ui/LevelMark';
import { LineButtons } from '../../ui/lines/LineButtons';
import { LineTime } from '../../ui/lines/LineTime';
import { LineViewChips } from '../../ui/lines/LineViewChips';
import { runsOf, shownText } from '../../ui/lines/shown-text';
import { useLineView } from '../../ui/lines/use-line-view';
import { Moment } from '../../ui/Moment';
import { exactCount } from '../../ui/number-format';
import { PlacesText } from '../../ui/PlacesText';
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
            <a href={clusterHref(clusterId, rangeOnly(search))}>
              <PlacesText text={name} />
            </a>
          ) : (
            <span title={t('search.unknown', 'Not counted yet, or not read by LogHunter')}>
              <PlacesText text={name} />
            </span>
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
  const [view, setView] = useLineView();
  return (
    <>
      <LineViewChips view={view} onChange={setView} />
      <ol className={styles.lines}>
        {runsOf(lines, view.isDeduplicated).map(({ line, count }, index) => (
          <li key={`${line.timestampNs} ${index}`} data-testid={testIds.search.line}>
            {view.hasTime && (
              <LineTime timestampNs={line.timestampNs} timeZone={timeZone} format="MM-DD HH:mm:ss.SSS" />
            )}
            <pre className={cx(!view.isWrapped && styles.unwrapped)}>{shownText(line.text, view)}</pre>
            {count > 1 && (
              <span className={styles.note}>{t('lines.times', '{{count}} times', { count: exactCount(count) })}</span>
            )}
            <LineButtons line={line} />
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
    unwrapped: css({ '&&': { whiteSpace: 'pre', overflowX: 'auto' } }),
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
