import type { Cluster } from '@loghunter/contracts';
import { pause } from '../../../api/read-events';
import { serverClient } from '../../../api/server-client';
import { useRequest, type Requested } from '../../../api/use-request';
import type { RuleFormProps } from './rule-form-props';

const typingPauseMs = 250;

/** Enough to scan; a text narrows it down. */
const shownCount = 20;

/** What the server gives at most: where it cannot filter, what it gives is searched. */
const mostCount = 200;

/** Other clusters of the same service whose template holds a text, the most frequent first. */
export function useClustersOfService(
  { id, service, namespace }: Cluster,
  { from, to }: RuleFormProps['range'],
  text: string
): Requested<readonly Cluster[]> {
  const key = JSON.stringify([id, service, namespace, from, to, text]);
  return useRequest(key, async (signal) => {
    await pause(typingPauseMs, signal);
    signal.throwIfAborted();
    // The server takes no service or no namespace for any.
    const isNarrow = service !== '' && namespace !== '';
    const { clusters } = await serverClient().listClusters(
      {
        from,
        to,
        text,
        service: service === '' ? [] : [service],
        namespace: namespace === '' ? [] : [namespace],
        level: [],
        limit: isNarrow ? shownCount + 1 : mostCount,
      },
      signal
    );
    return clusters
      .filter((other) => other.id !== id && other.service === service && other.namespace === namespace)
      .slice(0, shownCount);
  });
}
