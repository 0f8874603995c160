import type { EventIdentity } from '@loghunter/engine/fingerprints';
import type { RuledCluster } from '@loghunter/ports';
import type { Renaming } from './generalise-key.ts';

/**
 * What became of clusters that an older version of the algorithm made: those whose stored samples all have one fingerprint now, and another one
 * than they had. Clusters whose samples part stay as they are: their lines are clusters of their own now.
 * @param samples of each cluster by id
 * @param identify what a sample's own cluster is now, by learned rules
 */
export function findRenamings(
  clusters: readonly RuledCluster[],
  samples: ReadonlyMap<string, readonly string[]>,
  identify: (text: string) => Pick<EventIdentity, 'fingerprint' | 'signature'>
): readonly Renaming[] {
  const renamings = new Map<string, Renaming>();
  for (const { id, fingerprint, signature } of clusters) {
    const now = (samples.get(id) ?? []).map(identify);
    const [first] = now;
    const isOne = first !== undefined && now.every((identity) => identity.fingerprint === first.fingerprint);
    if (isOne && first.fingerprint !== fingerprint) {
      const renaming = {
        ...{ from: first.fingerprint, fromSignature: first.signature },
        ...{ to: fingerprint, toSignature: signature },
      };
      renamings.set(`${renaming.from} ${renaming.to}`, renaming);
    }
  }
  return [...renamings.values()];
}
