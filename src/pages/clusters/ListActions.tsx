import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { Button, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { countOf } from '../../ui/number-format';
import { usePageKeys } from '../../ui/use-page-keys';
import { useWorkActions } from '../../work-list/WorkActions';
import { WorkButtons } from '../../work-list/WorkButtons';
import { WorkDialogs, type WorkDialog } from '../../work-list/WorkDialogs';
import { CoverageNote } from './CoverageNote';
import type { ClusterListModel } from './list-model';
import { noSelection, type Selection } from './selection';
import type { ElementReference } from '../../ui/element-reference';

interface ListActionsProps {
  readonly model: ClusterListModel;
  readonly textRef: ElementReference<HTMLInputElement>;
}

/** One line above the list: what it covers, or what can be done with the chosen clusters. Equally high, so that choosing moves nothing. */
export function ListActions({ model, textRef }: ListActionsProps) {
  const styles = useStyles2(getStyles);
  const { selection, request } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const isEditor = useMay('editor') === true;
  // A question is about the clusters that it was asked for, whatever the list does meanwhile.
  const [asked, setAsked] = useState<{ dialog: WorkDialog; clusterIds: readonly string[] }>();
  const actions = useWorkActions((works) => model.applyWorks(works));
  const ask = (dialog: WorkDialog) => setAsked({ dialog, clusterIds: model.targets() });
  const open = (dialog: WorkDialog) => (isEditor && model.targets().length > 0 ? ask(dialog) : false);
  usePageKeys({
    '/': () => textRef.current?.focus(),
    e: () => (isEditor && model.targets().length > 0 ? actions.run(model.targets(), { kind: 'resolve' }) : false),
    m: () => open('ignore'),
    a: () => open('assign'),
    Escape: () => (selection.ids.size > 0 ? model.setState({ selection: noSelection }) : false),
  });
  return (
    <div className={styles.line}>
      {selection.ids.size === 0 ? (
        <div aria-live="polite">
          {request.answer && <CoverageNote answer={request.answer} />}
          {request.answer && <CoverageLine range={request.answer.range} timeZone={timeZone} />}
        </div>
      ) : (
        <div
          className={styles.actions}
          role="toolbar"
          aria-label={t('clusters.actions.label', 'Chosen clusters')}
          data-testid={testIds.clusters.actions}
        >
          <strong>
            {t('clusters.actions.chosen', '{{clusters}} chosen', { clusters: countOf(selection.ids.size, 'cluster') })}
          </strong>
          <WorkButtons
            canReopen={hasClosed(model, selection)}
            isRunning={actions.isRunning}
            onAction={(action) => actions.run(model.targets(), action)}
            onDialog={ask}
            hasKeys
          />
          <Button size="sm" fill="text" icon="times" onClick={() => model.setState({ selection: noSelection })}>
            {t('clusters.actions.clear', 'Choose none')}
          </Button>
        </div>
      )}
      <WorkDialogs
        dialog={asked?.dialog}
        about={countOf(asked?.clusterIds.length ?? 0, 'cluster')}
        onAction={(action) => asked && actions.run(asked.clusterIds, action)}
        onClose={() => setAsked(undefined)}
      />
      {actions.toast}
    </div>
  );
}

function hasClosed(model: ClusterListModel, { ids }: Selection): boolean {
  return [...model.state.window.values()]
    .flat()
    .some(({ id, work }) => ids.has(id) && (work.state === 'resolved' || work.state === 'ignored'));
}

function getStyles(theme: GrafanaTheme2) {
  return {
    line: css({ minHeight: 32, display: 'flex', alignItems: 'center' }),
    actions: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  };
}
