import { useEffect, useRef } from 'react';
import { createKeyReader } from './key-reader';

/** What a page does on a key; `event.key` is the name. A handler that returns false leaves the press to others. */
export type PageKeys = Readonly<Record<string, (event: KeyboardEvent) => void | false>>;

/** Single keys of a page. Texts being typed, open dialogs and menus, and Grafana's own keys are left alone. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const read = createKeyReader();
    function handleKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isTakenElsewhere(event.target)) {
        return;
      }
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      const key = read({ key: event.key, isModified, atMs: event.timeStamp });
      const handle = key === undefined ? undefined : latest.current[key];
      if (handle !== undefined && handle(event) !== false) {
        event.preventDefault();
      }
    }
    document.addEventListener('keydown', handleKeyDown);
    return () => document.removeEventListener('keydown', handleKeyDown);
  }, []);
}

function isTakenElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  const isTyping = target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select');
  return isTyping || target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;
}
