import type { ClusterRule } from '@loghunter/contracts';
import { serverClient } from '../../api/server-client';
import { namedClusters } from './rule-words';

/** Clusters looked up for one page of rules: a merge may name a hundred, of which the first few are shown. */
const maxLookups = 60;

/** Adds what the clusters say that rules name. One that is gone, or cannot be asked for, is left out. */
export async function loadTemplateTexts(
  rules: readonly ClusterRule[],
  known: ReadonlyMap<string, string>,
  signal: AbortSignal
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(rules.flatMap(({ rule }) => namedClusters(rule).slice(0, shownClusterCount)))];
  const missing = wanted.filter((id) => !known.has(id)).slice(0, maxLookups);
  const answers = await Promise.allSettled(missing.map((id) => serverClient().getCluster({ id }, signal)));
  const texts = new Map(known);
  answers.forEach((answer, index) => {
    const id = missing[index];
    if (answer.status === 'fulfilled' && id !== undefined) {
      const { title, templateText } = answer.value.cluster;
      texts.set(id, title ?? templateText);
    }
  });
  return texts;
}

/** Clusters of a rule that are named in the list. */
export const shownClusterCount = 4;
