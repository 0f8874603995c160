import { useEffect, useRef, useState } from 'react';
import type { ElementReference } from './element-reference';

/** The width in pixels of the element that the reference is given to; 0 until it has been measured. */
export function useWidth<T extends HTMLElement>(): { readonly ref: ElementReference<T>; readonly widthPx: number } {
  const ref = useRef<T>(null);
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(() => setWidthPx(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, widthPx };
}
