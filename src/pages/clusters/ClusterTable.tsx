import { css, cx } from '@emotion/css';
import { Badge, Icon, Tooltip, useStyles2, useTheme2 } from '@grafana/ui';
import type { Cluster, ClusterSort } from '@loghunter/contracts';
import React from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { levelColor } from '../../ui/level-style';
import { LevelMark } from '../../ui/LevelMark';
import { Moment } from '../../ui/Moment';
import { countOf, exactCount, percent, shortCount } from '../../ui/number-format';
import { TemplateText } from '../../ui/TemplateText';
import { TrendBars } from '../../ui/TrendBars';
import { useNowMs } from '../../ui/use-now';
import { getTableStyles } from './table-style';
import type { ListSettings } from './list-settings';

interface ClusterTableProps {
  readonly clusters: readonly Cluster[];
  readonly settings: ListSettings;
  readonly timeZone: string;
  readonly onSort: (sort: ClusterSort) => void;
}

export function ClusterTable({ clusters, settings, timeZone, onSort }: ClusterTableProps) {
  const styles = useStyles2(getTableStyles);
  const nowMs = useNowMs();
  const sorting = { settings, onSort };
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Clusters">
        <thead>
          <tr>
            <SortHeader {...sorting} sort="level" label="Level" className={styles.level} />
            <th scope="col">Template</th>
            <SortHeader {...sorting} sort="service" label="Service" className={styles.service} />
            <SortHeader {...sorting} sort="count" label="Events" className={styles.count} isNumber />
            <th scope="col" className={cx(styles.share, styles.number)}>
              Share
            </th>
            <th scope="col" className={styles.trend}>
              Trend
            </th>
            <SortHeader {...sorting} sort="firstSeen" label="First seen" className={styles.first} />
            <SortHeader {...sorting} sort="lastSeen" label="Last seen" className={styles.last} />
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} timeZone={timeZone} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortHeaderProps {
  readonly settings: ListSettings;
  readonly onSort: (sort: ClusterSort) => void;
  readonly sort: ClusterSort;
  readonly label: string;
  readonly className: string;
  readonly isNumber?: boolean;
}

function SortHeader({ settings, onSort, sort, label, className, isNumber = false }: SortHeaderProps) {
  const styles = useStyles2(getTableStyles);
  const isSorted = settings.sort === sort;
  const direction = settings.order === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" className={cx(className, isNumber && styles.number)} aria-sort={isSorted ? direction : 'none'}>
      <button type="button" className={cx(styles.sort, isSorted && styles.sorted)} onClick={() => onSort(sort)}>
        {label}
        {isSorted && <Icon name={settings.order === 'asc' ? 'arrow-up' : 'arrow-down'} size="sm" />}
      </button>
    </th>
  );
}

function ClusterRow({ cluster, timeZone, nowMs }: { cluster: Cluster; timeZone: string; nowMs: number }) {
  const styles = useStyles2(getTableStyles);
  const theme = useTheme2();
  const { search } = useLocation();
  const counts = `${countOf(cluster.eventCount, 'event')} in ${countOf(cluster.lineCount, 'line')}`;
  return (
    <tr className={styles.row} data-testid={testIds.clusters.row}>
      <td className={styles.level}>
        <LevelMark level={cluster.level} />
      </td>
      <td>
        <a href={clusterHref(cluster.id, search)} className={styles.link}>
          <TemplateText parts={cluster.template} isCompact />
        </a>
      </td>
      <td className={styles.service}>
        <div className={styles.ellipsis} title={cluster.service}>
          {cluster.service || <em>no service</em>}
        </div>
        {cluster.namespace && <div className={cx(styles.ellipsis, styles.secondary)}>{cluster.namespace}</div>}
      </td>
      <td className={cx(styles.count, styles.number)}>
        <Tooltip content={counts}>
          <span className={styles.aboveLink}>{shortCount(cluster.eventCount)}</span>
        </Tooltip>
      </td>
      <td className={cx(styles.share, styles.number)}>
        {percent(cluster.share)}
        <div className={styles.shareBar} aria-hidden>
          <div style={{ width: `${cluster.share * 100}%` }} />
        </div>
      </td>
      <td className={styles.trend}>
        <TrendBars trend={cluster.trend} color={levelColor(cluster.level, theme)} label={trendLabel(cluster)} />
      </td>
      <td className={styles.first}>
        <Moment at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} />
        {cluster.isNew && (
          <div>
            <NewBadge />
          </div>
        )}
      </td>
      <td className={styles.last}>
        <Moment at={cluster.lastSeen} timeZone={timeZone} nowMs={nowMs} />
      </td>
    </tr>
  );
}

function NewBadge() {
  return (
    <Badge
      className={badgeStyle}
      color="blue"
      text="new"
      tooltip="First seen in this time range"
      data-testid={testIds.clusters.newBadge}
    />
  );
}

const badgeStyle = css({ position: 'relative', zIndex: 1, verticalAlign: 'middle' });

function trendLabel(cluster: Cluster): string {
  return `Events over time, at most ${exactCount(Math.max(0, ...cluster.trend.counts))} per step`;
}
