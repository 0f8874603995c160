import type { Cluster } from '@loghunter/contracts';
import { useEffect, useState } from 'react';
import { serverClient } from '../../../api/server-client';
import type { RuleFormProps } from './rule-form-props';

const typingPauseMs = 250;

/** Enough to scan; a text narrows it down. */
const shownCount = 20;

/** Other clusters of the same service whose template holds a text, the most frequent first; undefined until the first answer. */
export function useClustersOfService(
  { id, service, namespace }: Cluster,
  { from, to }: RuleFormProps['range'],
  text: string
): readonly Cluster[] | undefined {
  const [found, setFound] = useState<readonly Cluster[]>();
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const request = { from, to, text, service: [service], namespace: [namespace], level: [], limit: shownCount + 1 };
      serverClient()
        .listClusters(request, controller.signal)
        .then(
          ({ clusters }) => setFound(clusters.filter((other) => other.id !== id).slice(0, shownCount)),
          () => undefined
        );
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [id, service, namespace, from, to, text]);
  return found;
}
