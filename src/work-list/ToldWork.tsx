import React, { useState, type ReactNode } from 'react';
import { useAction } from '../api/use-action';
import { UndoToast, type ToastContent } from './UndoToast';

export interface ToldWork {
  /** Does it and tells what came of it, or what went wrong. While other work runs, nothing is done: a second click on Undo undoes once. */
  readonly run: (work: () => Promise<ToastContent | undefined>) => void;
  readonly isBusy: boolean;
  readonly tell: (content: ToastContent) => void;
  /** To be drawn by the page. */
  readonly toast: ReactNode;
}

/** What people do and may want to undo: one at a time, told by a toast. */
export function useToldWork(): ToldWork {
  const [content, setContent] = useState<ToastContent>();
  const { run, isBusy, error, forget } = useAction(async (work: () => Promise<ToastContent | undefined>) => {
    setContent(undefined);
    setContent(await work());
  });
  const shown = error === undefined ? content : { text: `${error.title}. ${error.detail}`, isProblem: true };
  function close() {
    forget();
    setContent(undefined);
  }
  return {
    run: (work) => void run(work),
    isBusy,
    tell: setContent,
    toast: shown && <UndoToast content={shown} onClose={close} />,
  };
}
