import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { AnomalySeverity } from '@loghunter/contracts';
import { firstValue, knownValue } from '../../scenes/url-values';
import { severities } from '../../ui/incident/severity-style';

/** What a rehearsal is to be run with, and the job of the one that is shown. */
export interface RehearsalSettings {
  readonly days: number;
  /** 1 tells of little, 5 of much; undefined: the tenant's own. */
  readonly sensitivity: number | undefined;
  readonly leastSeverity: AnomalySeverity;
  readonly jobId: string | undefined;
}

export const rehearsalUrlKeys = ['days', 'sensitivity', 'least', 'job'];

export const maxDays = 30;
export const maxSensitivity = 5;

/** A week has each weekday once. */
export const usualDays = 7;

export function rehearsalSettingsToUrl({
  days,
  sensitivity,
  leastSeverity,
  jobId,
}: RehearsalSettings): SceneObjectUrlValues {
  return {
    days: days === usualDays ? undefined : String(days),
    sensitivity: sensitivity === undefined ? undefined : String(sensitivity),
    least: leastSeverity === 'low' ? undefined : leastSeverity,
    job: jobId,
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function rehearsalSettingsFromUrl(values: SceneObjectUrlValues): RehearsalSettings {
  return {
    days: wholeWithin(firstValue(values.days), maxDays) ?? usualDays,
    sensitivity: wholeWithin(firstValue(values.sensitivity), maxSensitivity),
    leastSeverity: knownValue(values.least, severities) ?? 'low',
    jobId: firstValue(values.job),
  };
}

function wholeWithin(text: string | undefined, max: number): number | undefined {
  const value = Number(text ?? NaN);
  return Number.isInteger(value) && value >= 1 && value <= max ? value : undefined;
}
