import type { ChangeWorkResponse, Work, WorkAction } from '@loghunter/contracts';
import React, { useState, type ReactNode } from 'react';
import { serverClient } from '../api/server-client';
import { toServerError } from '../api/server-error';
import { t } from '../translations';
import { countOf } from '../ui/number-format';
import { UndoToast, type ToastContent } from './UndoToast';

/** New places in the work list, by cluster. */
export type ChangedWorks = ReadonlyMap<string, Work>;

export interface WorkActions {
  readonly run: (clusterIds: readonly string[], action: WorkAction) => void;
  readonly isRunning: boolean;
  /** To be drawn by the page: says what was done, and undoes it. */
  readonly toast: ReactNode;
}

/** What people do with clusters, with undo; `onChanged` hears of every cluster that is in another place now. */
export function useWorkActions(onChanged: (works: ChangedWorks) => void): WorkActions {
  const [isRunning, setIsRunning] = useState(false);
  const [content, setContent] = useState<ToastContent>();

  async function guarded(work: () => Promise<ToastContent>) {
    setIsRunning(true);
    try {
      setContent(await work());
    } catch (error) {
      const { title, detail } = toServerError(error);
      setContent({ text: `${title}. ${detail}`, isProblem: true });
    }
    setIsRunning(false);
  }

  function run(clusterIds: readonly string[], action: WorkAction) {
    void guarded(async () => {
      const answer = await serverClient().changeWork({ clusterIds: [...clusterIds], action });
      onChanged(worksOf(answer.changed));
      const text = resultText(action, answer);
      return answer.changed.length === 0 ? { text } : { text, undo: () => undo(answer.id) };
    });
  }

  function undo(changeId: string) {
    void guarded(async () => {
      const answer = await serverClient().undoWork({ id: changeId });
      onChanged(worksOf(answer.restored));
      return { text: undoneText(answer.restored.length, answer.leftOutIds.length) };
    });
  }

  const toast = content && <UndoToast content={content} onClose={() => setContent(undefined)} />;
  return { run, isRunning, toast };
}

function worksOf(changed: ChangeWorkResponse['changed']): ChangedWorks {
  return new Map(changed.map(({ clusterId, work }) => [clusterId, work]));
}

function resultText(action: WorkAction, { changed, unchangedIds }: ChangeWorkResponse): string {
  if (changed.length === 0) {
    return t('workList.result.nothing', 'Nothing to change: it is so already');
  }
  const clusters = countOf(changed.length, 'cluster');
  const rest =
    unchangedIds.length > 0
      ? t('workList.result.rest', '; {{count}} were so already', { count: unchangedIds.length })
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
