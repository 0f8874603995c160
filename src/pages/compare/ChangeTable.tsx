import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, useStyles2, type IconName } from '@grafana/ui';
import type { ChangeKind, ClusterChange, CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { LevelMark } from '../../ui/LevelMark';
import { exactCount, shortCount } from '../../ui/number-format';
import { PlacesText } from '../../ui/PlacesText';
import { nextChangeLimit } from './change-limits';
import { boundsWord, chanceWord, kindWord, sizeWord, unsureWord } from './change-words';
import { rangeSearch } from './range-search';
import type { SideNames } from './side-names';
import { getChangeStyles } from './change-style';

interface ChangeTableProps {
  readonly answer: CompareClustersResponse;
  readonly names: SideNames;
  readonly limit: number;
  readonly isLoading: boolean;
  readonly onLoadMore: (limit: number) => void;
}

/** Clusters by how sure and how large their change is; the server has put them in order. */
export function ChangeTable({ answer, names, limit, isLoading, onLoadMore }: ChangeTableProps) {
  const styles = useStyles2(getChangeStyles);
  const more = nextChangeLimit(limit, answer.totalChangeCount);
  const search = rangeSearch(useLocation().search, answer.after.range);
  return (
    <>
      <div className={styles.frame}>
        <table className={styles.table} aria-label={t('compare.table.label', 'Changes')}>
          <thead>
            <tr>
              <th scope="col" className={styles.kind}>
                {t('compare.table.change', 'Change')}
              </th>
              <th scope="col">{t('compare.table.cluster', 'Cluster')}</th>
              <th scope="col" className={styles.service}>
                {t('compare.table.service', 'Service')}
              </th>
              <th scope="col" className={styles.counts}>
                {t('compare.table.events', 'Events: {{before}}, {{after}}', { ...names })}
              </th>
              <th scope="col" className={styles.size}>
                {t('compare.table.size', 'Size')}
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.changes.map((change) => (
              <ChangeRow key={change.id} change={change} answer={answer} href={clusterHref(change.id, search)} />
            ))}
          </tbody>
        </table>
      </div>
      <footer className={styles.footer}>
        {t('compare.table.shown', '{{shown}} of {{total}} changes, the surest first', {
          shown: exactCount(answer.changes.length),
          total: exactCount(answer.totalChangeCount),
        })}
        {more !== undefined && (
          <Button size="sm" variant="secondary" disabled={isLoading} onClick={() => onLoadMore(more)}>
            {t('compare.table.more', 'Show up to {{count}}', { count: more })}
          </Button>
        )}
      </footer>
    </>
  );
}

interface ChangeRowProps {
  readonly change: ClusterChange;
  readonly answer: CompareClustersResponse;
  readonly href: string;
}

function ChangeRow({ change, answer, href }: ChangeRowProps) {
  const styles = useStyles2(getChangeStyles);
  return (
    <tr className={styles.row} data-testid={testIds.compare.row}>
      <td className={styles.kind}>
        <KindMark kind={change.kind} />
        {!change.isSignificant && (
          <div className={styles.secondary} title={chanceWord(change.probability)}>
            {unsureWord(change.kind)}
          </div>
        )}
      </td>
      <td>
        <a href={href} className={styles.link}>
          {change.title !== undefined && <strong className={styles.title}>{change.title}</strong>}
          <span className={styles.template}>
            <PlacesText text={change.templateText} />
          </span>
        </a>
        <span className={styles.secondary}>
          <LevelMark level={change.level} />
        </span>
      </td>
      <td className={styles.service}>
        {change.service || <em>{t('clusters.row.noService', 'no service')}</em>}
        {change.namespace && <div className={styles.secondary}>{change.namespace}</div>}
      </td>
      <td className={styles.counts}>
        <CountBars change={change} answer={answer} />
      </td>
      <td className={styles.size} title={chanceWord(change.probability)}>
        {sizeWord(change)}
        <div className={styles.secondary}>{change.kind !== 'gone' && boundsWord(change)}</div>
      </td>
    </tr>
  );
}

/** Rates, not counts: the two ranges may differ in length, and in how much of them has been read. */
function CountBars({ change, answer }: Omit<ChangeRowProps, 'href'>) {
  const styles = useStyles2(getChangeStyles);
  const rate = (count: number, readMs: number) => (readMs === 0 ? 0 : count / readMs);
  const before = rate(change.countBefore, answer.before.readMs);
  const after = rate(change.countAfter, answer.after.readMs);
  const highest = Math.max(before, after);
  const width = (value: number) => `${highest === 0 ? 0 : Math.max(value === 0 ? 0 : 1, (value / highest) * 100)}%`;
  return (
    <div
      className={styles.bars}
      role="img"
      aria-label={t('compare.table.bars', '{{before}} events before, {{after}} after', {
        before: exactCount(change.countBefore),
        after: exactCount(change.countAfter),
      })}
    >
      <span>{shortCount(change.countBefore)}</span>
      <div className={styles.track}>
        <div className={styles.barBefore} style={{ width: width(before) }} />
      </div>
      <span>{shortCount(change.countAfter)}</span>
      <div className={styles.track}>
        <div className={styles.barAfter} style={{ width: width(after) }} />
      </div>
    </div>
  );
}

const icons: Readonly<Record<ChangeKind, IconName>> = {
  new: 'plus-circle',
  gone: 'minus-circle',
  up: 'arrow-up',
  down: 'arrow-down',
  unchanged: 'minus',
};

function KindMark({ kind }: { kind: ChangeKind }) {
  const styles = useStyles2(getKindStyles);
  return (
    <span className={cx(styles.mark, styles[kind])}>
      <Icon name={icons[kind]} size="sm" />
      {kindWord(kind)}
    </span>
  );
}

function getKindStyles(theme: GrafanaTheme2): Readonly<Record<ChangeKind | 'mark', string>> {
  return {
    mark: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
    new: css({ color: theme.colors.info.text }),
    up: css({ color: theme.colors.error.text }),
    down: css({ color: theme.colors.success.text }),
    gone: css({ color: theme.colors.text.secondary }),
    unchanged: css({ color: theme.colors.text.secondary }),
  };
}
