// The variables of streams in an address. Without Scenes, because links are loaded for visitors of other pages.

/** Scenes' own mark for "all of them". */
export const allValues = '$__all';

/** Writes a variable's values out. None is written out as all: a page keeps what was chosen in it before where the address says nothing. */
export function appendStreams(search: URLSearchParams, key: string, values: readonly string[] = []): void {
  for (const value of values.length > 0 ? values : [allValues]) {
    search.append(key, value);
  }
}
