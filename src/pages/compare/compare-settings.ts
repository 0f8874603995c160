import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { ChangeKind } from '@loghunter/contracts';

/** What the range is compared with: the time right before it, the same time a day or a week earlier, or a range of its own. */
export type Baseline = 'previous' | 'day' | 'week' | 'custom';

export interface MsRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface CompareSettings {
  readonly baseline: Baseline;
  /** The range before, when it is one of its own. */
  readonly custom: MsRange | undefined;
  /** Empty: all but what did not change. */
  readonly kinds: readonly ChangeKind[];
}

export const defaultCompareSettings: CompareSettings = { baseline: 'previous', custom: undefined, kinds: [] };

export const compareUrlKeys = ['with', 'beforeFrom', 'beforeTo', 'kind'];

export const changeKinds: readonly ChangeKind[] = ['new', 'up', 'down', 'gone', 'unchanged'];

export const baselines: readonly Baseline[] = ['previous', 'day', 'week', 'custom'];

const dayMs = 24 * 3_600_000;

/** The range that another one is compared with. */
export function baselineRange({ baseline, custom }: CompareSettings, after: MsRange): MsRange {
  switch (baseline) {
    case 'day':
      return shift(after, dayMs);
    case 'week':
      return shift(after, 7 * dayMs);
    case 'custom':
      return custom ?? shift(after, after.toMs - after.fromMs);
    case 'previous':
      return shift(after, after.toMs - after.fromMs);
  }
}

/** Long enough for rare clusters to show, short enough to be about the deploy. */
const deployWindowMs = 3_600_000;

/** An hour after a deploy, or what there is of it, and as much before. */
export function deployRanges(deployedMs: number, nowMs: number): { readonly before: MsRange; readonly after: MsRange } {
  const lengthMs = Math.max(60_000, Math.min(deployWindowMs, nowMs - deployedMs));
  return {
    before: { fromMs: deployedMs - lengthMs, toMs: deployedMs },
    after: { fromMs: deployedMs, toMs: deployedMs + lengthMs },
  };
}

function shift({ fromMs, toMs }: MsRange, byMs: number): MsRange {
  return { fromMs: fromMs - byMs, toMs: toMs - byMs };
}

/** Settings as URL values; what equals the default is left out. */
export function compareSettingsToUrl({ baseline, custom, kinds }: CompareSettings): SceneObjectUrlValues {
  const isCustom = baseline === 'custom' && custom !== undefined;
  return {
    with: baseline === defaultCompareSettings.baseline ? undefined : baseline,
    beforeFrom: isCustom ? String(custom.fromMs) : undefined,
    beforeTo: isCustom ? String(custom.toMs) : undefined,
    kind: [...kinds],
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function compareSettingsFromUrl(values: SceneObjectUrlValues): CompareSettings {
  const wanted = first(values.with);
  const custom = { fromMs: Number(first(values.beforeFrom)), toMs: Number(first(values.beforeTo)) };
  const isRange =
    Number.isSafeInteger(custom.fromMs) && Number.isSafeInteger(custom.toMs) && custom.fromMs < custom.toMs;
  const baseline = baselines.find((known) => known === wanted) ?? defaultCompareSettings.baseline;
  const chosen = [values.kind ?? []].flat();
  return {
    baseline: baseline === 'custom' && !isRange ? defaultCompareSettings.baseline : baseline,
    custom: baseline === 'custom' && isRange ? custom : undefined,
    kinds: changeKinds.filter((kind) => chosen.includes(kind)),
  };
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
