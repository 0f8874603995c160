import type { ChangeMatchingWorkRequest, ChangeWorkResponse, Work, WorkAction } from '@loghunter/contracts';
import type { ReactNode } from 'react';
import { serverClient } from '../api/server-client';
import { t } from '../translations';
import { countOf } from '../ui/number-format';
import { ownChanges } from './own-changes';
import type { ToastContent } from './UndoToast';
import { useToldWork } from './ToldWork';

/** New places in the work list, by cluster. */
export type ChangedWorks = ReadonlyMap<string, Work>;

/** Clusters that an action is about: named ones, or every one that matches. */
export type WorkTarget = { readonly count: number } & (
  { readonly clusterIds: readonly string[] } | { readonly filter: ChangeMatchingWorkRequest['filter'] }
);

export interface WorkActions {
  readonly run: (target: WorkTarget, action: WorkAction) => void;
  readonly isRunning: boolean;
  /** To be drawn by the page: says what was done, and undoes it. */
  readonly toast: ReactNode;
}

/**
 * What people do with clusters, with undo; `onChanged` hears of every cluster that is in another place now, `onManyChanged` that clusters
 * changed which nobody has named.
 */
export function useWorkActions(
  onChanged: (works: ChangedWorks) => void,
  onManyChanged: () => void = () => undefined
): WorkActions {
  const told = useToldWork();

  function run(target: WorkTarget, action: WorkAction) {
    told.run(
      () => ('filter' in target ? runMatching(target.filter, action) : runNamed(target.clusterIds, action)),
      JSON.stringify([target, action])
    );
  }

  async function runNamed(clusterIds: readonly string[], action: WorkAction): Promise<ToastContent> {
    const answer = await ownChanges.during(
      () => serverClient().changeWork({ clusterIds: [...clusterIds], action }),
      ({ changed }) => idsOf(changed)
    );
    onChanged(worksOf(answer.changed));
    return contentOf(
      answer.id,
      resultText(action, answer.changed.length, answer.unchangedIds.length),
      answer.changed.length
    );
  }

  async function runMatching(filter: ChangeMatchingWorkRequest['filter'], action: WorkAction): Promise<ToastContent> {
    const { id, changedCount, unchangedCount } = await ownChanges.during(
      () => serverClient().changeMatchingWork({ filter, action }),
      (answer) => answer.changedCount
    );
    onManyChanged();
    return contentOf(id, resultText(action, changedCount, unchangedCount), changedCount, true);
  }

  function contentOf(id: string, text: string, changedCount: number, isMany = false): ToastContent {
    return changedCount === 0 ? { text } : { text, undo: () => undo(id, isMany) };
  }

  function undo(changeId: string, isMany: boolean) {
    told.run(async () => {
      const answer = await ownChanges.during(
        () => serverClient().undoWork({ id: changeId }),
        ({ restored }) => idsOf(restored)
      );
      onChanged(worksOf(answer.restored));
      if (isMany) {
        onManyChanged();
      }
      return { text: undoneText(answer.restored.length, answer.leftOutIds.length) };
    });
  }

  return { run, isRunning: told.isBusy, toast: told.toast };
}

function idsOf(changed: ChangeWorkResponse['changed']): readonly string[] {
  return changed.map(({ clusterId }) => clusterId);
}

function worksOf(changed: ChangeWorkResponse['changed']): ChangedWorks {
  return new Map(changed.map(({ clusterId, work }) => [clusterId, work]));
}

function resultText(action: WorkAction, changedCount: number, unchangedCount: number): string {
  if (changedCount === 0) {
    return t('workList.result.nothing', 'Nothing to change: it is so already');
  }
  const clusters = countOf(changedCount, 'cluster');
  const rest =
    unchangedCount > 0
      ? t('workList.result.rest', '; {{count, number}} were so already', {
          count: unchangedCount,
          defaultValue_one: '; {{count, number}} was so already',
        })
      : '';
  return `${actionText(action, clusters)}${rest}`;
}

function actionText(action: WorkAction, clusters: string): string {
  switch (action.kind) {
    case 'resolve':
      return t('workList.result.resolved', '{{clusters}} resolved', { clusters });
    case 'ignore':
      return t('workList.result.ignored', '{{clusters}} ignored', { clusters });
    case 'reopen':
      return t('workList.result.reopened', '{{clusters}} opened again', { clusters });
    case 'assign':
      return action.assignee === null
        ? t('workList.result.unassigned', '{{clusters}} assigned to nobody', { clusters })
        : t('workList.result.assigned', '{{clusters}} assigned to {{name}}', { clusters, name: action.assignee.name });
  }
}

function undoneText(restoredCount: number, leftOutCount: number): string {
  const undone = t('workList.result.undone', 'Undone for {{clusters}}', {
    clusters: countOf(restoredCount, 'cluster'),
  });
  return leftOutCount === 0
    ? undone
    : `${undone}; ${t('workList.result.leftOut', '{{clusters}} changed since and stay as they are', { clusters: countOf(leftOutCount, 'cluster') })}`;
}
