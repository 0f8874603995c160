/** Which rows are chosen, and from which one a stretch is taken with shift. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Row that was chosen last; undefined when nothing was. */
  readonly anchor: number | undefined;
  /** Every cluster that matches the filters is chosen, also those that are not loaded; `ids` is empty then. */
  readonly isAllMatching: boolean;
}

/** The server changes at most this many clusters at once. */
export const maxSelectedCount = 500;

/** And this many when it finds them by the list's filters itself. */
export const maxMatchingCount = 10_000;

export const noSelection: Selection = { ids: new Set(), anchor: undefined, isAllMatching: false };

export const allMatching: Selection = { ids: new Set(), anchor: undefined, isAllMatching: true };

export function isEmpty({ ids, isAllMatching }: Selection): boolean {
  return ids.size === 0 && !isAllMatching;
}

export function isChosen({ ids, isAllMatching }: Selection, id: string): boolean {
  return isAllMatching || ids.has(id);
}

/** Chooses a row, or no longer. */
export function toggleRow(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) {
    ids.add(id);
  }
  return { ids, anchor: index, isAllMatching: false };
}

/** Chooses all rows between the one chosen last and this one; `idAt` knows the loaded rows only. */
export function extendTo(selection: Selection, index: number, idAt: (index: number) => string | undefined): Selection {
  const anchor = selection.anchor ?? index;
  const ids = new Set(selection.ids);
  for (let row = Math.min(anchor, index); row <= Math.max(anchor, index); row++) {
    const id = idAt(row);
    if (id !== undefined) {
      ids.add(id);
    }
  }
  return { ids: firstOf(ids), anchor: index, isAllMatching: false };
}

/** Chooses all given rows, as many as can be changed at once. */
export function selectAll(ids: readonly string[]): Selection {
  return { ids: firstOf(new Set(ids)), anchor: undefined, isAllMatching: false };
}

function firstOf(ids: ReadonlySet<string>): ReadonlySet<string> {
  return ids.size <= maxSelectedCount ? ids : new Set([...ids].slice(0, maxSelectedCount));
}
