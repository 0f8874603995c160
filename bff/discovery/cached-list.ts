import type { Cache } from '@loghunter/ports';

/** A minute: labels change seldom, and pages ask for them at each load (requirement A3). */
const ttlMs = 60_000;

/** A list of names from the cache, or from `load`. Keys hold the tenant first, so that tenants never share an entry. */
export async function cachedList(
  cache: Cache,
  key: readonly string[],
  load: () => Promise<readonly string[]>
): Promise<readonly string[]> {
  const name = `labels:${key.map(encodeURIComponent).join(':')}`;
  const known = parseList(await cache.get(name));
  if (known !== undefined) {
    return known;
  }
  const list = await load();
  await cache.set(name, JSON.stringify(list), ttlMs);
  return list;
}

// What lies in a shared cache may come from another version of this server.
function parseList(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}
