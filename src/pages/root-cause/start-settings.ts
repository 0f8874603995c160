import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { AnalysisSubject, StartAnalysisRequest } from '@loghunter/contracts';
import { firstValue } from '../../scenes/url-values';

export const subjectKinds = ['service', 'incident', 'cluster', 'trace'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What the start form holds, and with it an entry link: `?cluster=`, `?incident=`, `?service=&from=&to=`, `?trace=`. */
export interface StartSettings {
  readonly kind: SubjectKind;
  /** Id of an incident or cluster, name of a service, id of a trace. */
  readonly subject: string;
  /** Moments as the API takes them; undefined: what the subject says. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly baselineFrom: string | undefined;
  readonly baselineTo: string | undefined;
  readonly investigation: string | undefined;
}

export const startUrlKeys = [...subjectKinds, 'from', 'to', 'baselineFrom', 'baselineTo', 'investigation'];

export function startSettingsToUrl(settings: StartSettings): SceneObjectUrlValues {
  const { kind, subject, from, to, baselineFrom, baselineTo, investigation } = settings;
  const none = Object.fromEntries(subjectKinds.map((known) => [known, undefined]));
  return { ...none, ...(subject === '' ? {} : { [kind]: subject }), from, to, baselineFrom, baselineTo, investigation };
}

/** Reads an entry link; a moment that cannot be read is left out, so that the server's own choice holds. */
export function startSettingsFromUrl(values: SceneObjectUrlValues): StartSettings {
  const kind = subjectKinds.find((known) => (firstValue(values[known]) ?? '') !== '') ?? 'service';
  return {
    kind,
    subject: firstValue(values[kind]) ?? '',
    from: readMoment(firstValue(values.from)),
    to: readMoment(firstValue(values.to)),
    baselineFrom: readMoment(firstValue(values.baselineFrom)),
    baselineTo: readMoment(firstValue(values.baselineTo)),
    investigation: firstValue(values.investigation),
  };
}

/** ISO 8601, or milliseconds since 1970 as digits. */
function readMoment(text: string | undefined): string | undefined {
  if (text === undefined || text === '') {
    return undefined;
  }
  const ms = /^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(ms) ? String(ms) : undefined;
}

/** The request that the form stands for; undefined while something that is needed is missing or makes no sense. */
export function startRequestOf(settings: StartSettings): StartAnalysisRequest | undefined {
  const subject = subjectOf(settings);
  const { from, to, baselineFrom, baselineTo, investigation } = settings;
  if (subject === undefined || isBackwards(from, to) || isBackwards(baselineFrom, baselineTo)) {
    return undefined;
  }
  return {
    subject,
    ...(from !== undefined && to !== undefined ? { incident: { from, to } } : {}),
    ...(baselineFrom !== undefined && baselineTo !== undefined
      ? { baseline: { from: baselineFrom, to: baselineTo } }
      : {}),
    ...(investigation === undefined ? {} : { investigationId: investigation }),
  };
}

const minuteMs = 60_000;
/** What the server looks at of a service when no time is given. */
const usualWindowMs = 30 * minuteMs;

/** The windows that an analysis would look at, whole minutes at most where they move; undefined: the server's choice, which is not known here. */
export function startWindows(
  { kind, from, to, baselineFrom, baselineTo }: StartSettings,
  nowMs: number
): { readonly bad: TimeWindow | undefined; readonly fine: TimeWindow | undefined } {
  const nowMinuteMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const usual = { from: String(nowMinuteMs - usualWindowMs), to: String(nowMinuteMs) };
  return {
    bad: windowOf(from, to) ?? (kind === 'service' && from === undefined && to === undefined ? usual : undefined),
    fine: windowOf(baselineFrom, baselineTo),
  };
}

/** Moments as the API takes them. */
interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

function windowOf(from: string | undefined, to: string | undefined): TimeWindow | undefined {
  return from === undefined || to === undefined || isBackwards(from, to) ? undefined : { from, to };
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of an incident's or cluster's id. */
export function isId(text: string): boolean {
  return uuidForm.test(text);
}

/** As the server takes it. */
const traceForm = /^[\w:.-]{4,128}$/;

function subjectOf({ kind, subject }: StartSettings): AnalysisSubject | undefined {
  const text = subject.trim();
  if (kind === 'service') {
    return text === '' ? undefined : { kind, service: text };
  }
  if (kind === 'trace') {
    return traceForm.test(text) ? { kind, traceId: text } : undefined;
  }
  return isId(text) ? { kind, id: text } : undefined;
}

function isBackwards(from: string | undefined, to: string | undefined): boolean {
  return from !== undefined && to !== undefined && Number(from) >= Number(to);
}
