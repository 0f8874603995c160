/** Which rows are chosen, and from which one a stretch is taken with shift. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Row that was chosen last; undefined when nothing was. */
  readonly anchor: number | undefined;
}

/** The server changes at most this many clusters at once. */
export const maxSelectedCount = 500;

export const noSelection: Selection = { ids: new Set(), anchor: undefined };

/** Chooses a row, or no longer. */
export function toggleRow(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) {
    ids.add(id);
  }
  return { ids, anchor: index };
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
  return { ids: firstOf(ids), anchor: index };
}

/** Chooses all given rows, as many as can be changed at once. */
export function selectAll(ids: readonly string[]): Selection {
  return { ids: firstOf(new Set(ids)), anchor: undefined };
}

function firstOf(ids: ReadonlySet<string>): ReadonlySet<string> {
  return ids.size <= maxSelectedCount ? ids : new Set([...ids].slice(0, maxSelectedCount));
}
