// Lines, ranges and calls that the contract cases of log stores share.
import type { Labels, LogEntry } from '@loghunter/engine/records';

import type { EntryPage, LogStore, PushStream } from '../log-store.ts';

/** A store under test. `pageSize` is far below the number of lines in the paging cases. */
export interface LogStoreUnderTest {
  readonly store: LogStore;
  /** A store on the same data that pages by this many entries. */
  readonly pagedStore: { readonly store: LogStore; readonly pageSize: number };
  /** Whether all lines of one nanosecond can be read even when they differ in nothing but metadata. */
  readonly readsWholeMoments: boolean;
}

type NewEntry = PushStream['entries'][number];

export const minuteNs = 60_000_000_000n;
export const minuteMs = 60_000;
export const { signal } = new AbortController();

let caseCount = 0;

/** Labels that no other case has, and a whole minute about half an hour ago. */
export function newCase(): {
  readonly labels: { readonly case: string };
  readonly startNs: bigint;
  readonly startMs: number;
} {
  caseCount += 1;
  const startMs = Math.floor(Date.now() / minuteMs - 30) * minuteMs;
  return {
    labels: { case: `case-${startMs}-${caseCount}-${Math.random().toString(36).slice(2)}` },
    startNs: BigInt(startMs) * 1_000_000n,
    startMs,
  };
}

export function spanOf(startNs: bigint): { readonly fromNs: bigint; readonly toNs: bigint } {
  return { fromNs: startNs, toNs: startNs + 20n * minuteNs };
}

export function entry(timestampNs: bigint, line: string, metadata: Labels = {}): NewEntry {
  return { timestampNs, line, metadata };
}

export function push(opened: LogStoreUnderTest, labels: Labels, entries: readonly NewEntry[]): Promise<void> {
  return opened.store.push([{ labels, entries }], signal);
}

export function selectorOf(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}}`;
}

export async function readPages(
  store: LogStore,
  labels: Labels,
  fromNs: bigint,
  toNs = fromNs + 20n * minuteNs
): Promise<readonly EntryPage[]> {
  const pages: EntryPage[] = [];
  for await (const page of store.readEntries({ query: selectorOf(labels), fromNs, toNs, signal })) {
    pages.push(page);
  }
  return pages;
}

export async function readAll(
  store: LogStore,
  labels: Labels,
  fromNs: bigint,
  toNs?: bigint
): Promise<readonly LogEntry[]> {
  return (await readPages(store, labels, fromNs, toNs)).flatMap((page) => page.entries);
}

export function linesOf(entries: ReadonlyArray<Pick<LogEntry, 'line'>>): string[] {
  return entries.map(({ line }) => line);
}

export async function count(
  opened: LogStoreUnderTest,
  labels: Labels,
  fromNs: bigint,
  toNs: bigint
): ReturnType<LogStore['countEntries']> {
  const counts = await opened.store.countEntries({
    selector: selectorOf(labels),
    fromNs,
    toNs,
    stepMs: minuteMs,
    signal,
  });
  return counts.toSorted((a, b) => a.startMs - b.startMs);
}
