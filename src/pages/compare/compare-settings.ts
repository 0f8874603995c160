import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { ChangeKind, CompareClustersRequest } from '@loghunter/contracts';

/** What the range is compared with: the time right before it, the same time a day or a week earlier, or a range of its own. */
export type Baseline = 'previous' | 'day' | 'week' | 'custom';

export interface MsRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the two sides differ in: their time, their service, or the value of a label of their streams. */
export type Subject = 'time' | 'service' | 'label';

export const subjects: readonly Subject[] = ['time', 'service', 'label'];

export interface CompareSettings {
  readonly subject: Subject;
  /** The label whose values are compared; empty: none yet. */
  readonly label: string;
  /** Service or value of the side before; empty: none yet. */
  readonly left: string;
  /** Service or value of the side after. */
  readonly right: string;
  /** Id of the deploy that the ranges lie around; empty: none. */
  readonly deploy: string;
  readonly baseline: Baseline;
  /** The range before, when it is one of its own. */
  readonly custom: MsRange | undefined;
  /** Empty: all but what did not change. */
  readonly kinds: readonly ChangeKind[];
}

export const defaultCompareSettings: CompareSettings = {
  ...{ subject: 'time', label: '', left: '', right: '', deploy: '' },
  ...{ baseline: 'previous', custom: undefined, kinds: [] },
};

/** Whether both sides are known. */
export function isComparable({ subject, label, left, right }: CompareSettings): boolean {
  return subject === 'time' || (left !== '' && right !== '' && (subject === 'service' || label !== ''));
}

/** What a request asks for beside range, variables and kinds. */
export function sidesOf(settings: CompareSettings, after: MsRange): Partial<CompareClustersRequest> {
  const { subject, label, left, right, deploy } = settings;
  if (subject === 'service') {
    return { beforeService: [left], service: [right] };
  }
  if (subject === 'label') {
    return { label, beforeValue: [left], value: [right] };
  }
  if (deploy !== '') {
    return { deploy };
  }
  const before = baselineRange(settings, after);
  return { beforeFrom: String(before.fromMs), beforeTo: String(before.toMs) };
}

export const compareUrlKeys = ['what', 'label', 'left', 'right', 'deploy', 'with', 'beforeFrom', 'beforeTo', 'kind'];

export const changeKinds: readonly ChangeKind[] = ['new', 'up', 'down', 'gone', 'unchanged'];

export const baselines: readonly Baseline[] = ['previous', 'day', 'week', 'custom'];

const dayMs = 24 * 3_600_000;

/** The range that another one is compared with. */
export function baselineRange(
  { baseline, custom }: Pick<CompareSettings, 'baseline' | 'custom'>,
  after: MsRange
): MsRange {
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
export function compareSettingsToUrl(settings: CompareSettings): SceneObjectUrlValues {
  const { subject, label, left, right, deploy, baseline, custom, kinds } = settings;
  const isCustom = baseline === 'custom' && custom !== undefined;
  return {
    what: subject === defaultCompareSettings.subject ? undefined : subject,
    ...{ label: label || undefined, left: left || undefined, right: right || undefined, deploy: deploy || undefined },
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
  const what = first(values.what);
  const deploy = first(values.deploy) ?? '';
  return {
    subject: subjects.find((known) => known === what) ?? defaultCompareSettings.subject,
    label: text(values.label, maxLabelLength),
    left: text(values.left, maxValueLength),
    right: text(values.right, maxValueLength),
    deploy: uuid.test(deploy) ? deploy : '',
    baseline: baseline === 'custom' && !isRange ? defaultCompareSettings.baseline : baseline,
    custom: baseline === 'custom' && isRange ? custom : undefined,
    kinds: changeKinds.filter((kind) => chosen.includes(kind)),
  };
}

const maxLabelLength = 200;
const maxValueLength = 2048;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function text(value: string | string[] | null | undefined, maxLength: number): string {
  return (first(value) ?? '').slice(0, maxLength);
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
