import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same over renders and does what the newest one does, so that memoised rows are not drawn again. */
export function useStable<Arguments extends unknown[], Result>(
  action: (...given: Arguments) => Result
): (...given: Arguments) => Result {
  const latest = useRef(action);
  useLayoutEffect(() => {
    latest.current = action;
  });
  return useCallback((...given: Arguments) => latest.current(...given), []);
}
