import { useEffect, useState } from 'react';

/**
 * Gives the focus back, when a dialog is closed, to what had it before it opened. Grafana's dialogs do so themselves, but not where a field
 * of theirs takes the focus as it is drawn: they remember that field.
 */
export function useFocusReturn(): void {
  // Read while drawing: the field takes the focus right after.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        // Whoever has gone on meanwhile is left alone.
        if (document.activeElement === document.body && before instanceof HTMLElement) {
          before.focus({ preventScroll: true });
        }
      });
    },
    [before]
  );
}
