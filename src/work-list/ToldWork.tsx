import React, { useRef, useState, type ReactNode } from 'react';
import { useAction } from '../api/use-action';
import type { ServerError } from '../api/server-error';
import { t } from '../translations';
import { UndoToast, type ToastContent } from './UndoToast';

type Work = () => Promise<ToastContent | undefined>;

export interface ToldWork {
  /**
   * Does it and tells what came of it, or what went wrong. While other work runs, nothing is done: a second click on Undo undoes once.
   * Work with a name waits for its turn instead, once however often it is asked for in a row: keys are faster than the server.
   */
  readonly run: (work: Work, name?: string) => void;
  readonly isBusy: boolean;
  readonly tell: (content: ToastContent) => void;
  /** To be drawn by the page. */
  readonly toast: ReactNode;
}

/** What people do and may want to undo: one at a time, told by a toast. */
export function useToldWork(): ToldWork {
  const [content, setContent] = useState<ToastContent>();
  const [skippedCount, setSkippedCount] = useState(0);
  /** The first one runs. */
  const turns = useRef<Array<{ readonly work: Work; readonly name: string | undefined }>>([]);
  const { run, isBusy, error, forget } = useAction(async () => {
    try {
      for (let [turn] = turns.current; turn !== undefined; [turn] = turns.current) {
        // What was told before stays until then: its Undo is still needed when this fails.
        setContent(await turn.work());
        turns.current.shift();
      }
    } finally {
      setSkippedCount(Math.max(0, turns.current.length - 1));
      turns.current = [];
    }
  });
  function begin(work: Work, name?: string) {
    const last = turns.current.at(-1);
    if (last === undefined || (name !== undefined && name !== last.name)) {
      turns.current.push({ work, name });
      void run();
    }
  }
  function close() {
    forget();
    setContent(undefined);
  }
  const shown = error === undefined ? content : problemContent(error, skippedCount, content);
  return {
    run: begin,
    isBusy,
    tell: setContent,
    toast: shown && <UndoToast content={shown} isBusy={isBusy} onClose={close} />,
  };
}

function problemContent(error: ServerError, skippedCount: number, before: ToastContent | undefined): ToastContent {
  const skipped = t('workList.toast.skipped', '{{count, number}} changes asked for after it were not made.', {
    count: skippedCount,
    defaultValue_one: '{{count, number}} change asked for after it was not made.',
  });
  const problem = `${error.title}. ${error.detail}${skippedCount > 0 ? ` ${skipped}` : ''}`;
  return before?.undo === undefined
    ? { text: problem, isProblem: true }
    : {
        text: `${problem} ${t('workList.toast.still', 'As before: {{text}}', { text: before.text })}`,
        isProblem: true,
        undo: before.undo,
      };
}
