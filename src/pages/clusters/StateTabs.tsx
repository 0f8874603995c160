import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { stateMeaning, stateWord } from '../../work-list/state-words';
import { listTabs, type ListTab } from './list-settings';

interface StateTabsProps {
  readonly tab: ListTab;
  readonly onChange: (tab: ListTab) => void;
  /** Of the reader alone, in whichever state. */
  readonly isMine: boolean;
  readonly onMine: (isMine: boolean) => void;
}

/** Which part of the work list is shown. Shaped like Grafana's tabs; buttons, because they filter and lead nowhere. */
export function StateTabs({ tab, onChange, isMine, onMine }: StateTabsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.tabs} role="group" aria-label={t('clusters.tabs.label', 'States')}>
      {listTabs.map((item) => (
        <button
          key={item}
          type="button"
          aria-pressed={item === tab}
          title={tabMeaning(item)}
          className={cx(styles.tab, item === tab && styles.active)}
          onClick={() => onChange(item)}
        >
          {tabWord(item)}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isMine}
        title={t('clusters.tabs.mine-meaning', 'Only what is assigned to you')}
        className={cx(styles.tab, styles.mine, isMine && styles.active)}
        onClick={() => onMine(!isMine)}
      >
        {t('clusters.filter.me', 'Mine')}
      </button>
    </div>
  );
}

function tabWord(tab: ListTab): string {
  if (tab === 'open') {
    return t('clusters.tabs.open', 'Open');
  }
  return tab === 'all' ? t('clusters.tabs.all', 'All') : stateWord(tab);
}

function tabMeaning(tab: ListTab): string {
  if (tab === 'open') {
    return t('clusters.tabs.openMeaning', 'Everything that is neither resolved nor ignored');
  }
  return tab === 'all' ? t('clusters.tabs.allMeaning', 'Clusters in every state') : stateMeaning(tab);
}

function getStyles(theme: GrafanaTheme2) {
  return {
    tabs: css({ display: 'flex', flexWrap: 'wrap' }),
    tab: css({
      padding: theme.spacing(1, 1.5),
      border: 0,
      borderBottom: '2px solid transparent',
      marginBottom: -1,
      background: 'none',
      color: theme.colors.text.secondary,
      '&:hover': { color: theme.colors.text.primary, borderBottomColor: theme.colors.border.strong },
    }),
    mine: css({
      position: 'relative',
      marginInlineStart: theme.spacing(1),
      // It goes with any of the states before it.
      '&::before': {
        content: '""',
        position: 'absolute',
        insetInlineStart: theme.spacing(-0.5),
        insetBlock: theme.spacing(1.25),
        borderInlineStart: `1px solid ${theme.colors.border.medium}`,
      },
    }),
    active: css({
      '&, &:hover': { color: theme.colors.text.primary, borderBottomColor: theme.colors.primary.main },
    }),
  };
}
