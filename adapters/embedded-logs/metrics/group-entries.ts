import type { Grouping } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import type { SelectedEntry } from '../pipeline/select-entries.ts';

/** How entries become series. Entries with the same key have the same labels. */
export interface EntryGrouping {
  keyOf(selected: SelectedEntry): string;
  labelsOf(selected: SelectedEntry): Labels;
}

/** A series for each set of stream labels, metadata and parsed labels together. */
export const byAllLabels: EntryGrouping = { keyOf: (selected) => labelKey(allLabels(selected)), labelsOf: allLabels };

function allLabels({ labels, entry, parsed }: SelectedEntry): Labels {
  return { ...labels, ...entry.metadata, ...parsed };
}

/** The labels of a group, from those of one of its members. */
export function groupLabels(grouping: Grouping | null): (labels: Labels) => Labels {
  if (grouping === null) {
    return () => ({});
  }
  const names = new Set(grouping.labelNames);
  const keepsNamed = grouping.mode === 'by';
  return (labels) => Object.fromEntries(Object.entries(labels).filter(([name]) => names.has(name) === keepsNamed));
}

/** A series for each group of a `sum`. */
export function byGroup(grouping: Grouping | null): EntryGrouping {
  const keep = groupLabels(grouping);
  function labelsOf(selected: SelectedEntry): Labels {
    return keep(allLabels(selected));
  }
  if (grouping?.mode === 'without') {
    return { keyOf: (selected) => labelKey(labelsOf(selected)), labelsOf };
  }
  // The common case on large ranges: no label set is built for an entry.
  const names = grouping?.labelNames ?? [];
  return { keyOf: (selected) => JSON.stringify(names.map((name) => valueOf(selected, name))), labelsOf };
}

function valueOf({ labels, entry, parsed }: SelectedEntry, name: string): string | undefined {
  return parsed[name] ?? entry.metadata[name] ?? labels[name];
}

/** Names sorted, so that the same set gives the same key whatever order its labels came in. */
export function labelKey(labels: Labels): string {
  const names = Object.keys(labels).sort();
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}
