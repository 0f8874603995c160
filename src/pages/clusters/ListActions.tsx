import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { Button, useStyles2 } from '@grafana/ui';
import type { WorkAction } from '@loghunter/contracts';
import React, { useState } from 'react';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { countOf, exactCount } from '../../ui/number-format';
import { usePageKeys } from '../../ui/use-page-keys';
import { useWorkActions, type WorkTarget } from '../../work-list/WorkActions';
import { WorkButtons } from '../../work-list/WorkButtons';
import { WorkDialogs, type WorkDialog } from '../../work-list/WorkDialogs';
import { ConfirmMany } from './ConfirmMany';
import { CoverageNote } from './CoverageNote';
import type { ClusterListModel } from './list-model';
import { allMatching, isChosen, isEmpty, maxMatchingCount, noSelection, type Selection } from './selection';
import type { ElementReference } from '../../ui/element-reference';

/** Above so many clusters an action asks once more. */
const sureCount = 100;

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
  const [asked, setAsked] = useState<{ readonly dialog: WorkDialog; readonly target: WorkTarget }>();
  const [unsure, setUnsure] = useState<{ readonly action: WorkAction; readonly target: WorkTarget }>();
  const actions = useWorkActions(
    (works) => model.applyWorks(works),
    () => (model.setState({ selection: noSelection }), model.refresh())
  );
  const act = (target: WorkTarget, action: WorkAction) =>
    target.count > sureCount ? setUnsure({ target, action }) : actions.run(target, action);
  const ask = (dialog: WorkDialog) => setAsked({ dialog, target: model.targets() });
  const hasChosen = !isEmpty(selection);
  // What was done to the chosen ones lets go of them when it is done: until then keys do no more than their buttons.
  const isBusy = hasChosen && actions.isRunning;
  const ifAny = (work: () => void) => (isEditor && !isBusy && model.targets().count > 0 ? work() : false);
  usePageKeys({
    '/': () => textRef.current?.focus(),
    e: () => ifAny(() => act(model.targets(), { kind: 'resolve' })),
    m: () => ifAny(() => ask('ignore')),
    a: () => ifAny(() => ask('assign')),
    Escape: () => (hasChosen ? model.setState({ selection: noSelection }) : false),
  });
  return (
    <div className={styles.line}>
      <div aria-live="polite" className={cx(hasChosen && styles.covered)}>
        {request.answer && <CoverageNote answer={request.answer} />}
        {request.answer && <CoverageLine range={request.answer.range} timeZone={timeZone} />}
      </div>
      {hasChosen && (
        <ChosenClusters
          model={model}
          isRunning={actions.isRunning}
          onAction={(action) => act(model.targets(), action)}
          onDialog={ask}
        />
      )}
      <WorkDialogs
        dialog={asked?.dialog}
        about={countOf(asked?.target.count ?? 0, 'cluster')}
        onAction={(action) => asked && act(asked.target, action)}
        onClose={() => setAsked(undefined)}
      />
      {unsure && (
        <ConfirmMany
          {...unsure}
          onConfirm={() => (setUnsure(undefined), actions.run(unsure.target, unsure.action))}
          onClose={() => setUnsure(undefined)}
        />
      )}
      {actions.toast}
    </div>
  );
}

interface ChosenClustersProps {
  readonly model: ClusterListModel;
  readonly isRunning: boolean;
  readonly onAction: (action: WorkAction) => void;
  readonly onDialog: (dialog: WorkDialog) => void;
}

function ChosenClusters({ model, isRunning, onAction, onDialog }: ChosenClustersProps) {
  const styles = useStyles2(getStyles);
  const { selection, request } = model.useState();
  const totalCount = request.answer?.totalClusterCount ?? 0;
  const clusters = countOf(model.targets().count, 'cluster');
  return (
    <div
      className={styles.actions}
      role="toolbar"
      aria-label={t('clusters.actions.label', 'Chosen clusters')}
      data-testid={testIds.clusters.actions}
    >
      <strong>
        {selection.isAllMatching
          ? t('clusters.actions.all-chosen', 'All {{clusters}} chosen', { clusters })
          : t('clusters.actions.chosen', '{{clusters}} chosen', { clusters })}
      </strong>
      {!selection.isAllMatching && totalCount > selection.ids.size && (
        <Button
          size="sm"
          fill="text"
          disabled={totalCount > maxMatchingCount}
          tooltip={
            totalCount > maxMatchingCount
              ? t('clusters.actions.too-many', 'At most {{most}} at once: narrow the filters', {
                  most: exactCount(maxMatchingCount),
                })
              : ''
          }
          onClick={() => model.setState({ selection: allMatching })}
        >
          {t('clusters.actions.choose-all', 'Choose all {{total}} that match', { total: exactCount(totalCount) })}
        </Button>
      )}
      <WorkButtons
        canReopen={hasClosed(model, selection)}
        isRunning={isRunning}
        onAction={onAction}
        onDialog={onDialog}
        hasKeys
      />
      <Button size="sm" fill="text" icon="times" onClick={() => model.setState({ selection: noSelection })}>
        {t('clusters.actions.clear', 'Choose none')}
      </Button>
    </div>
  );
}

/** Of all that match, only the loaded ones are known here. */
function hasClosed(model: ClusterListModel, selection: Selection): boolean {
  return [...model.state.window.values()]
    .flat()
    .some(({ id, work }) => isChosen(selection, id) && (work.state === 'resolved' || work.state === 'ignored'));
}

function getStyles(theme: GrafanaTheme2) {
  return {
    // One over the other: the line keeps its height, and what the list rests on is not asked for again.
    line: css({ minHeight: 32, display: 'grid', alignItems: 'center', '& > *': { gridArea: '1 / 1', minWidth: 0 } }),
    covered: css({ visibility: 'hidden' }),
    actions: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  };
}
