import { useCallback, useEffect, useRef, useState } from 'react';
import { createLatestRequest, notRequested, type RequestState } from './latest-request';

export interface Requested<Answer> extends RequestState<Answer> {
  /** Asks again; what is shown stays until the answer has come. */
  readonly reload: () => void;
}

interface Keyed<Answer> {
  readonly key: string;
  readonly value: Answer;
}

/**
 * Loads for a component. `key` names what is asked for: when it changes, the call before is given up. The answer of another key
 * stays in view while the new one loads, unless `dropsOldAnswer` says that it would be about something else.
 */
export function useRequest<Answer>(
  key: string,
  load: (signal: AbortSignal) => Promise<Answer>,
  { dropsOldAnswer = false }: { readonly dropsOldAnswer?: boolean } = {}
): Requested<Answer> {
  const [state, setState] = useState<RequestState<Keyed<Answer>>>({ ...notRequested, isLoading: true });
  const [latest] = useState(() =>
    createLatestRequest<Keyed<Answer>>((change) => setState((before) => ({ ...before, ...change })))
  );
  const loader = useRef({ key, load });
  useEffect(() => {
    loader.current = { key, load };
  });
  const reload = useCallback(
    () =>
      void latest.run(async (signal) => {
        const asked = loader.current;
        return { key: asked.key, value: await asked.load(signal) };
      }),
    [latest]
  );
  useEffect(() => {
    reload();
    return () => latest.cancel();
  }, [key, latest, reload]);
  const isOld = state.answer !== undefined && state.answer.key !== key;
  return {
    isLoading: state.isLoading,
    error: state.error,
    answer: isOld && dropsOldAnswer ? undefined : state.answer?.value,
    reload,
  };
}

/** Calls back every so often while the page can be seen, and at once when it is seen again. */
export function useRefresh(refresh: () => void, intervalMs: number | undefined): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    if (intervalMs === undefined) {
      return undefined;
    }
    const refreshIfSeen = () => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    };
    const timer = setInterval(refreshIfSeen, intervalMs);
    document.addEventListener('visibilitychange', refreshIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfSeen);
    };
  }, [intervalMs]);
}
