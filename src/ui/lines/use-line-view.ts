import { store } from '@grafana/data';
import { useState } from 'react';
import { defaultLineView, type LineView } from './shown-text';

const key = 'loghunter.line-view';

/** How this reader has lines shown: remembered by the browser, for every list of lines. */
export function useLineView(): readonly [view: LineView, change: (view: LineView) => void] {
  const [view, setView] = useState<LineView>(() => ({
    ...defaultLineView,
    ...store.getObject<Partial<LineView>>(key),
  }));
  function change(next: LineView) {
    store.setObject(key, next);
    setView(next);
  }
  return [view, change];
}
