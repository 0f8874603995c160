import { cx } from '@emotion/css';
import { dateTimeFormat } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React, { memo, useEffect, useRef } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { levelColor } from '../../ui/level-style';
import { LevelMark } from '../../ui/LevelMark';
import { countOf, exactCount, percent, shortCount } from '../../ui/number-format';
import { relativeTime } from '../../ui/relative-time';
import { TemplateText } from '../../ui/TemplateText';
import { TrendBars } from '../../ui/TrendBars';
import { AssigneeMark } from '../../work-list/AssigneeMark';
import { StatePill } from '../../work-list/StatePill';
import { getTableStyles } from './table-style';

interface ClusterRowProps {
  readonly cluster: Cluster;
  readonly href: string;
  readonly index: number;
  readonly topPx: number;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly onToggle: (id: string, index: number, isStretch: boolean) => void;
}

/** One cluster. Tooltips are the browser's own: Grafana's would make each row several times as slow to draw. */
export const ClusterRow = memo(function ClusterRow(props: ClusterRowProps) {
  const { cluster, index, topPx, isSelected, isCursor, timeZone, nowMs } = props;
  const styles = useStyles2(getTableStyles);
  const theme = useTheme2();
  return (
    <div
      className={cx(styles.columns, styles.row, isSelected && styles.selected, isCursor && styles.cursor)}
      style={{ transform: `translateY(${topPx}px)` }}
      role="row"
      aria-rowindex={index + 2}
      data-testid={testIds.clusters.row}
    >
      <ChooseCell {...props} />
      <span role="cell">
        <LevelMark level={cluster.level} wordClassName={styles.word} />
      </span>
      <TemplateCell {...props} />
      <span role="cell">
        <StatePill work={cluster.work} timeZone={timeZone} />
      </span>
      <ServiceCell cluster={cluster} />
      <CountCell cluster={cluster} />
      <span role="cell" className={styles.trend}>
        <TrendBars trend={cluster.trend} color={levelColor(cluster.level, theme)} label={trendLabel(cluster)} />
      </span>
      <TimeCell at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} className={styles.first} />
      <TimeCell at={cluster.lastSeen} timeZone={timeZone} nowMs={nowMs} />
      <span role="cell" className={styles.owner}>
        <AssigneeMark assignee={cluster.work.assignee} />
      </span>
    </div>
  );
});

function ChooseCell({ cluster, index, isSelected, onToggle }: ClusterRowProps) {
  const styles = useStyles2(getTableStyles);
  return (
    <span role="cell">
      <label className={styles.choose}>
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={t('clusters.row.choose', 'Choose {{template}}', { template: cluster.templateText.slice(0, 80) })}
          onChange={() => undefined}
          onClick={(event) => onToggle(cluster.id, index, event.shiftKey)}
        />
      </label>
    </span>
  );
}

function TemplateCell({ cluster, href, isCursor }: ClusterRowProps) {
  const styles = useStyles2(getTableStyles);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCursor) {
      link.current?.focus({ preventScroll: true });
    }
  }, [isCursor]);
  return (
    <span role="cell" className={styles.template}>
      {cluster.isUnseen && (
        <span
          className={styles.unseen}
          role="img"
          aria-label={t('clusters.row.unseen', 'New since you last looked')}
          title={t('clusters.row.unseen', 'New since you last looked')}
          data-testid={testIds.clusters.unseen}
        />
      )}
      <a ref={link} href={href} className={styles.link}>
        {cluster.title !== undefined && <strong className={styles.ellipsis}>{cluster.title}</strong>}
        <TemplateText parts={cluster.template} lineCount={cluster.title === undefined ? 2 : 1} />
      </a>
    </span>
  );
}

function ServiceCell({ cluster }: { cluster: Cluster }) {
  const styles = useStyles2(getTableStyles);
  return (
    <span role="cell" className={styles.stack}>
      <span className={styles.ellipsis} title={cluster.service}>
        {cluster.service || <em>{t('clusters.row.noService', 'no service')}</em>}
      </span>
      {cluster.namespace && <span className={cx(styles.ellipsis, styles.secondary)}>{cluster.namespace}</span>}
    </span>
  );
}

function CountCell({ cluster }: { cluster: Cluster }) {
  const styles = useStyles2(getTableStyles);
  const title = t('clusters.row.counts', '{{events}} in {{lines}}, {{share}} of all events', {
    events: countOf(cluster.eventCount, 'event'),
    lines: countOf(cluster.lineCount, 'line'),
    share: percent(cluster.share),
  });
  return (
    <span role="cell" className={cx(styles.stack, styles.number)} title={title}>
      <span>{shortCount(cluster.eventCount)}</span>
      <span className={styles.secondary}>{percent(cluster.share)}</span>
    </span>
  );
}

interface TimeCellProps {
  readonly at: string;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly className?: string;
}

function TimeCell({ at, timeZone, nowMs, className }: TimeCellProps) {
  return (
    <span role="cell" className={className}>
      <time dateTime={at} title={dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })}>
        {relativeTime(Date.parse(at), nowMs)}
      </time>
    </span>
  );
}

function trendLabel(cluster: Cluster): string {
  return t('clusters.row.trend', 'Events over time, at most {{count}} per step', {
    count: exactCount(Math.max(0, ...cluster.trend.counts)),
  });
}

/** A row whose cluster is still on its way: as high as the others, so that nothing moves when it comes. */
export function EmptyRow({ index, topPx }: { index: number; topPx: number }) {
  const styles = useStyles2(getTableStyles);
  return (
    <div
      className={cx(styles.columns, styles.row)}
      style={{ transform: `translateY(${topPx}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-busy
    >
      <span role="cell" />
      <span role="cell" />
      <span role="cell" className={styles.waiting}>
        <span className={styles.waitingBar} style={{ width: `${45 + ((index * 13) % 40)}%` }} />
      </span>
    </div>
  );
}
