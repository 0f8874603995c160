import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { ExportMenu } from '../../ui/export/ExportMenu';
import type { ExportContent } from '../../ui/export/use-export';
import { KeyHelp } from '../../ui/KeyHelp';
import { LevelChips } from '../../ui/LevelChips';
import { TextFilter } from '../../ui/TextFilter';
import { listKeys } from './list-keys';
import type { ListSettings } from './list-settings';
import { StateTabs } from './StateTabs';
import { UnseenFilter } from './UnseenFilter';
import type { ElementReference } from '../../ui/element-reference';
import { AssigneeFilter } from '../../work-list/AssigneeFilter';

interface ListToolbarProps {
  readonly settings: ListSettings;
  readonly textRef: ElementReference<HTMLInputElement>;
  readonly answer: ListClustersResponse | undefined;
  readonly timeZone: string;
  readonly onChange: (change: Partial<ListSettings>) => void;
  /** The reader has said that they have seen what is new. */
  readonly onSeen: () => void;
  readonly exportContent: () => ExportContent;
}

export function ListToolbar({
  settings,
  textRef,
  answer,
  timeZone,
  onChange,
  onSeen,
  exportContent,
}: ListToolbarProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <div className={styles.tabs}>
        <StateTabs
          tab={settings.tab}
          onChange={(tab) => onChange({ tab })}
          isMine={settings.assignee === 'me'}
          onMine={(isMine) => onChange({ assignee: isMine ? 'me' : '' })}
        />
        <div className={styles.aside}>
          <UnseenFilter
            isOn={settings.isUnseenOnly}
            answer={answer}
            timeZone={timeZone}
            onChange={(isUnseenOnly) => onChange({ isUnseenOnly })}
            onSeen={onSeen}
          />
          <ExportMenu place="clusters" timeZone={timeZone} content={exportContent} />
          <KeyHelp rows={listKeys} />
        </div>
      </div>
      <div className={styles.toolbar}>
        <div className={styles.text}>
          <TextFilter
            label={t('clusters.filter.text', 'Filter by text of the template')}
            text={settings.text}
            inputRef={textRef}
            onChange={(text) => onChange({ text })}
          />
        </div>
        <LevelChips levels={settings.levels} onChange={(levels) => onChange({ levels })} />
        <AssigneeFilter assignee={settings.assignee} onChange={(assignee) => onChange({ assignee })} />
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    tabs: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    aside: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    text: css({ flex: '1 1 220px', maxWidth: 480 }),
  };
}
