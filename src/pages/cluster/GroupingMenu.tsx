import { locationUtil } from '@grafana/data';
import { Button, Dropdown, Menu } from '@grafana/ui';
import type { ClusterRule, ClusterRuleKind, GetClusterResponse, TimeRangeQuery } from '@loghunter/contracts';
import React, { useState, type ReactNode } from 'react';
import { useMay } from '../../api/use-role';
import { serverClient } from '../../api/server-client';
import { clusterRulesPath } from '../../plugin-paths';
import { t } from '../../translations';
import { useToldWork } from '../../work-list/ToldWork';
import { RuleDrawer } from './grouping/RuleDrawer';

interface GroupingMenuProps {
  readonly answer: GetClusterResponse;
  readonly range: Required<TimeRangeQuery>;
  /** A rule was made or undone: every figure may be another. */
  readonly onChanged: () => void;
}

/** Ways to say that clusters should be other ones than they are. */
export function GroupingMenu({ answer, range, onChanged }: GroupingMenuProps) {
  const isEditor = useMay('editor');
  const [kind, setKind] = useState<ClusterRuleKind>();
  const { toast, tell } = useRuleToast(onChanged);
  // The menu gives the focus back to its button as it closes: a drawer that is open by then would lose it, and Escape with it.
  const start = (chosen: ClusterRuleKind) => setTimeout(() => setKind(chosen));
  const menu = (
    <Menu>
      <Menu.Item icon="pen" label={t('cluster.grouping.rename', 'Rename …')} onClick={() => start('rename')} />
      <Menu.Item
        icon="link"
        label={t('cluster.grouping.merge', 'Merge with others …')}
        onClick={() => start('merge')}
      />
      <Menu.Item
        icon="brackets-curly"
        label={t('cluster.grouping.mask', 'Mask a word …')}
        onClick={() => start('mask')}
      />
      <Menu.Item
        icon="code-branch"
        label={t('cluster.grouping.split', 'Split by a value …')}
        onClick={() => start('split')}
      />
      <Menu.Divider />
      <Menu.Item
        icon="list-ul"
        label={t('cluster.grouping.rules', 'All rules')}
        url={locationUtil.assureBaseUrl(clusterRulesPath)}
      />
    </Menu>
  );
  return (
    <>
      <Dropdown overlay={menu} placement="bottom-start">
        <Button
          size="sm"
          variant="secondary"
          icon="layer-group"
          disabled={isEditor !== true}
          tooltip={isEditor === false ? t('workList.buttons.editorsOnly', 'Needs the role Editor') : undefined}
        >
          {t('cluster.grouping.button', 'Grouping')}
        </Button>
      </Dropdown>
      {kind !== undefined && (
        <RuleDrawer
          kind={kind}
          answer={answer}
          range={range}
          onClose={() => setKind(undefined)}
          onMade={(rule) => {
            setKind(undefined);
            tell(rule);
            onChanged();
          }}
        />
      )}
      {toast}
    </>
  );
}

/** Says that a rule holds, with a way back. */
function useRuleToast(onUndone: () => void): { toast: ReactNode; tell: (rule: ClusterRule) => void } {
  const told = useToldWork();
  function undo(rule: ClusterRule) {
    told.run(async () => {
      await serverClient().undoClusterRule({ id: rule.id });
      onUndone();
      return { text: t('cluster.grouping.undone', 'The rule is undone') };
    });
  }
  function tell(rule: ClusterRule) {
    told.tell({
      text: t('cluster.grouping.made', 'The rule holds, for stored and future lines'),
      undo: () => undo(rule),
    });
  }
  return { toast: told.toast, tell };
}
