import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { GetClusterResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { LevelMark } from '../../ui/LevelMark';
import { cutParts, templatePlainText } from '../../ui/template-cut';
import { TemplateText } from '../../ui/TemplateText';
import { usePageKeys } from '../../ui/use-page-keys';
import { AssigneeMark } from '../../work-list/AssigneeMark';
import { useWorkActions } from '../../work-list/WorkActions';
import { WorkButtons } from '../../work-list/WorkButtons';
import { WorkDialogs, type WorkDialog } from '../../work-list/WorkDialogs';
import { ClusterActions } from './ClusterActions';
import type { ClusterModel } from './cluster-model';

interface ClusterHeaderProps {
  readonly answer: GetClusterResponse;
  readonly model: ClusterModel;
}

/** What the page is about: the template at reading size, what people can do about it, and the ways out to its lines. */
export function ClusterHeader({ answer, model }: ClusterHeaderProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { cluster } = answer;
  return (
    <header className={styles.header} style={{ borderLeftColor: levelColor(cluster.level, theme) }}>
      <div className={styles.top}>
        <div className={styles.facts}>
          <LevelMark level={cluster.level} />
          <AssigneeMark assignee={cluster.work.assignee} hasName />
        </div>
        <ClusterActions answer={answer} model={model} onChanged={() => model.load()} />
      </div>
      <div className={styles.template}>
        <FoldedText
          text={templatePlainText(cluster.template)}
          render={(endOffset) => <TemplateText parts={cutParts(cluster.template, endOffset)} />}
        />
      </div>
      <ClusterWork answer={answer} model={model} />
    </header>
  );
}

function ClusterWork({ answer, model }: ClusterHeaderProps) {
  const styles = useStyles2(getStyles);
  const [dialog, setDialog] = useState<WorkDialog>();
  const actions = useWorkActions((works) => model.applyWorks(works));
  const { id, work } = answer.cluster;
  const isEditor = useMay('editor') === true;
  const open = (next: WorkDialog) => (isEditor ? setDialog(next) : false);
  usePageKeys({
    e: () => (isEditor ? actions.run({ clusterIds: [id], count: 1 }, { kind: 'resolve' }) : false),
    m: () => open('ignore'),
    a: () => open('assign'),
  });
  return (
    <div className={styles.work} data-testid={testIds.cluster.work}>
      <WorkButtons
        canReopen={work.state === 'resolved' || work.state === 'ignored'}
        isRunning={actions.isRunning}
        onAction={(action) => actions.run({ clusterIds: [id], count: 1 }, action)}
        onDialog={setDialog}
        hasKeys
      />
      <WorkDialogs
        dialog={dialog}
        about={t('cluster.work.about', 'this cluster')}
        onAction={(action) => actions.run({ clusterIds: [id], count: 1 }, action)}
        onClose={() => setDialog(undefined)}
      />
      {actions.toast}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1, 1.5, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderLeft: '4px solid',
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    }),
    facts: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2) }),
    template: css({ marginTop: theme.spacing(1), '& > span': { fontSize: theme.typography.body.fontSize } }),
    work: css({ marginTop: theme.spacing(1.5) }),
  };
}
