import { cx } from '@emotion/css';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ClusterSort } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import type { ListSettings } from './list-settings';
import { isChosen, isEmpty, noSelection, selectAll, type Selection } from './selection';
import { getTableStyles } from './table-style';

interface ClusterTableHeadProps {
  readonly settings: ListSettings;
  readonly selection: Selection;
  readonly loadedIds: readonly string[];
  /** Where the head stays while the rows scroll: below Grafana's own bar. */
  readonly topPx: number;
  readonly onSort: (sort: ClusterSort) => void;
  readonly onSelect: (selection: Selection) => void;
}

export function ClusterTableHead({ settings, selection, loadedIds, topPx, onSort, onSelect }: ClusterTableHeadProps) {
  const styles = useStyles2(getTableStyles);
  const sorting = { settings, onSort };
  const isAll = loadedIds.length > 0 && loadedIds.every((id) => isChosen(selection, id));
  return (
    <div className={styles.headGroup} role="rowgroup" style={{ top: topPx }}>
      <div className={cx(styles.columns, styles.head)} role="row" aria-rowindex={1}>
        <span role="columnheader" aria-label={t('clusters.table.choose', 'Choose')}>
          <label className={styles.choose}>
            <input
              ref={(box) => {
                if (box) {
                  box.indeterminate = !isAll && !isEmpty(selection);
                }
              }}
              type="checkbox"
              checked={isAll}
              aria-label={t('clusters.table.chooseAll', 'Choose all loaded clusters')}
              onChange={() => onSelect(isAll ? noSelection : selectAll(loadedIds))}
            />
          </label>
        </span>
        <SortHeader {...sorting} sort="level" label={t('clusters.table.level', 'Level')} wordClassName={styles.word} />
        <span role="columnheader">{t('clusters.table.template', 'Template')}</span>
        <SortHeader {...sorting} sort="state" label={t('clusters.table.state', 'State')} />
        <SortHeader {...sorting} sort="service" label={t('clusters.table.service', 'Service')} />
        <SortHeader {...sorting} sort="count" label={t('clusters.table.events', 'Events')} className={styles.number} />
        <SortHeader
          {...sorting}
          sort="trend"
          label={t('clusters.table.trend', 'Trend')}
          hint={t('clusters.table.trend-hint', 'By how surely the events became more in the later half of the range')}
          className={styles.trend}
        />
        <SortHeader
          {...sorting}
          sort="firstSeen"
          label={t('clusters.table.first', 'First seen')}
          className={styles.first}
        />
        <SortHeader {...sorting} sort="lastSeen" label={t('clusters.table.last', 'Last seen')} />
        <SortHeader
          {...sorting}
          sort="assignee"
          label={t('clusters.table.assignee', 'Owner')}
          className={styles.owner}
        />
      </div>
    </div>
  );
}

interface SortHeaderProps {
  readonly settings: ListSettings;
  readonly onSort: (sort: ClusterSort) => void;
  readonly sort: ClusterSort;
  readonly label: string;
  /** What it goes by, where the name does not say it. */
  readonly hint?: string;
  readonly className?: string;
  readonly wordClassName?: string;
}

function SortHeader({ settings, onSort, sort, label, hint, className, wordClassName }: SortHeaderProps) {
  const styles = useStyles2(getTableStyles);
  const isSorted = settings.sort === sort;
  const direction = settings.order === 'asc' ? 'ascending' : 'descending';
  return (
    <span role="columnheader" className={className} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        title={hint}
        className={cx(styles.sort, isSorted && styles.sorted)}
        onClick={() => onSort(sort)}
      >
        <span className={wordClassName}>{label}</span>
        {isSorted && <Icon name={settings.order === 'asc' ? 'arrow-up' : 'arrow-down'} size="sm" />}
      </button>
    </span>
  );
}
