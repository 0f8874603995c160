import type { Cluster, ExplainEventResponse } from '@loghunter/contracts';
import { useEffect, useState } from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';

/** The server takes at most so much of an event. */
const maxTextLength = 32_768;

/** Why an event is in its cluster; nothing is asked for while there is no text. */
export function useExplanation(
  text: string | undefined,
  { service, namespace }: Pick<Cluster, 'service' | 'namespace'>
): RequestState<ExplainEventResponse> {
  const [state, setState] = useState<RequestState<ExplainEventResponse>>(notRequested);
  const [latest] = useState(() =>
    createLatestRequest<ExplainEventResponse>((change) => setState((before) => ({ ...before, ...change })))
  );
  useEffect(() => {
    if (text === undefined || text === '') {
      return undefined;
    }
    void latest.run((signal) =>
      serverClient().explainEvent({ text: text.slice(0, maxTextLength), service, namespace }, signal)
    );
    return () => latest.cancel();
  }, [text, service, namespace, latest]);
  return state;
}
