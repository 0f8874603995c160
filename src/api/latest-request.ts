import { isCancelled, toServerError, type ServerError } from './server-error';

/** What a page knows of a call. While a newer call runs, the answer of the one before stays. */
export interface RequestState<Answer> {
  readonly isLoading: boolean;
  readonly answer: Answer | undefined;
  readonly error: ServerError | undefined;
}

export const notRequested: RequestState<never> = { isLoading: false, answer: undefined, error: undefined };

export interface LatestRequest<Answer> {
  /** Starts a call and gives up the one before, whose outcome is never reported. */
  run(load: (signal: AbortSignal) => Promise<Answer>): Promise<void>;
  cancel(): void;
}

/** Keeps only the latest of a row of calls; `report` receives what changed. */
export function createLatestRequest<Answer>(
  report: (change: Partial<RequestState<Answer>>) => void
): LatestRequest<Answer> {
  let current: AbortController | undefined;

  async function run(load: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    current?.abort();
    const controller = new AbortController();
    current = controller;
    report({ isLoading: true });
    try {
      const answer = await load(controller.signal);
      if (current === controller) {
        report({ isLoading: false, answer, error: undefined });
      }
    } catch (error) {
      if (current === controller && !controller.signal.aborted) {
        report({ isLoading: false, ...(isCancelled(error) ? {} : { error: toServerError(error) }) });
      }
    }
  }

  function cancel(): void {
    current?.abort();
    current = undefined;
    report({ isLoading: false });
  }

  return { run, cancel };
}
