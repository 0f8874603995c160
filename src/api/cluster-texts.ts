import { serverClient } from './server-client';

/** The server takes no more at once; a merge may name a hundred, of which the first few are shown. */
const maxLookups = 60;

/** Adds what clusters say, by id, to what is known: one question for all. One that is gone, or cannot be asked for, is left out. */
export async function loadClusterTexts(
  ids: readonly string[],
  known: ReadonlyMap<string, string>,
  signal: AbortSignal
): Promise<ReadonlyMap<string, string>> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, maxLookups);
  const texts = new Map(known);
  if (missing.length > 0) {
    const answer = await serverClient()
      .listClusterNames({ id: missing }, signal)
      .catch(() => undefined);
    answer?.clusters.forEach(({ id, title, templateText }) => texts.set(id, title ?? templateText));
  }
  return texts;
}
