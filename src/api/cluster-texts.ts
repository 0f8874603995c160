import { serverClient } from './server-client';

/** Clusters looked up at once: a merge may name a hundred, of which the first few are shown. */
const maxLookups = 60;

/** Adds what clusters say, by id, to what is known. One that is gone, or cannot be asked for, is left out. */
export async function loadClusterTexts(
  ids: readonly string[],
  known: ReadonlyMap<string, string>,
  signal: AbortSignal
): Promise<ReadonlyMap<string, string>> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, maxLookups);
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
