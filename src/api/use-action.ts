import { useCallback, useEffect, useRef, useState } from 'react';
import { toServerError, type ServerError } from './server-error';

export interface Action<Input extends readonly unknown[]> {
  readonly isBusy: boolean;
  readonly error: ServerError | undefined;
  /** Does it; whether it worked. A second call while one runs does nothing. */
  readonly run: (...input: Input) => Promise<boolean>;
  readonly forget: () => void;
}

/** Something that a person does: one at a time, and what went wrong stays to be read. */
export function useAction<Input extends readonly unknown[]>(act: (...input: Input) => Promise<unknown>): Action<Input> {
  const [state, setState] = useState<{ isBusy: boolean; error: ServerError | undefined }>({
    isBusy: false,
    error: undefined,
  });
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const isBusy = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const run = useCallback(async (...input: Input) => {
    if (isBusy.current) {
      return false;
    }
    isBusy.current = true;
    setState({ isBusy: true, error: undefined });
    let error: ServerError | undefined;
    try {
      await latest.current(...input);
    } catch (thrown) {
      error = toServerError(thrown);
    }
    isBusy.current = false;
    if (isMounted.current) {
      setState({ isBusy: false, error });
    }
    return error === undefined;
  }, []);

  const forget = useCallback(() => setState((before) => ({ ...before, error: undefined })), []);
  return { ...state, run, forget };
}
