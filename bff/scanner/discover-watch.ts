// The watch over everything: streams are split into disjoint selectors by their label names. The order of the names is
// stored and only ever grows at its end, so that a stream stays in the selector that read it first.
import { isQueryableLabelName, partitionSelectors, printQuery } from '@loghunter/engine/logql';
import type { Watch } from '@loghunter/ports';
import { readHistory } from './catch-up.ts';
import { toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';

/** Name of the watch that reads every stream of a log source; the empty name is the one of LOGHUNTER_LOKI_URL. */
export function discoveredWatchNameOf(source: string): string {
  return source === '' ? 'discovered' : `discovered (${source})`;
}

// Loki answers label names of a range; a stream that was silent for longer than this is found when it speaks again.
const shortestLookbackMs = 60 * 60_000;

/** A name whose streams are all read through others is looked at again after this: each look is a query. */
const restMs = 5 * 60_000;

/** Label names not yet in use whose streams no present selector reads, in the order in which they are to be added. */
export async function findNewLabelNames(context: ScanContext, watch: WatchState): Promise<readonly string[]> {
  const nowMs = context.clock.nowMs();
  const known = watch.discoveredLabelNames;
  const range = toNanoseconds({
    fromMs: nowMs - Math.max(shortestLookbackMs, context.settings.backfillMs),
    toMs: nowMs,
  });
  const names = await context.logs.listLabelNames({ ...range, signal: context.signal });
  const added: string[] = [];
  for (const name of sortByPreference(
    context,
    names.filter(
      (candidate) =>
        isCandidate(candidate) && !known.includes(candidate) && (watch.restingNames.get(candidate) ?? 0) <= nowMs
    )
  )) {
    context.signal.throwIfAborted();
    const selector = lastSelector([...known, ...added, name]);
    const streams = await context.logs.listStreams({ ...range, selector, signal: context.signal });
    if (streams.length > 0) {
      added.push(name);
    } else {
      watch.restingNames.set(name, nowMs + restMs);
    }
  }
  return added;
}

/** Selectors of a list of label names, in its order. */
export function selectorsOf(labelNames: readonly string[]): readonly string[] {
  return partitionSelectors(labelNames).selectors.map(printQuery);
}

/** Adds names to the watch. What the watch has read so far is read through each new selector before it joins. */
export async function adoptLabelNames(
  context: ScanContext,
  watch: WatchState,
  added: readonly string[]
): Promise<Watch> {
  const names = [...watch.discoveredLabelNames];
  for (const name of added) {
    names.push(name);
    await readHistory(context, watch, lastSelector(names));
  }
  const changed = { name: watch.name, selectors: selectorsOf(names), discoveredLabelNames: names };
  return context.ledger.ensureWatch(context.tenantId, changed, context.holder ?? undefined);
}

function lastSelector(names: readonly string[]): string {
  return selectorsOf(names).at(-1) ?? '';
}

// Names with two underscores are Loki's own; they come beside others, never alone.
function isCandidate(name: string): boolean {
  return isQueryableLabelName(name) && !name.startsWith('__');
}

// Labels that name services first: they are on most streams, so that few selectors are needed.
function sortByPreference(context: ScanContext, names: readonly string[]): readonly string[] {
  const preferred = [...context.services.serviceLabels, ...context.services.namespaceLabels];
  const rank = (name: string) => (preferred.includes(name) ? preferred.indexOf(name) : preferred.length);
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
