import type { EventChange } from '@loghunter/engine/detection';
import { severityName } from './present-anomaly.ts';

const maxTemplateCharacters = 120;
const maxNameCharacters = 80;
/** An expected count below it is as good as none. */
const leastExpected = 0.05;

/** What an event is called, and sentences that say why it is one. */
export interface EventWords {
  readonly title: string;
  readonly reasons: readonly string[];
}

/** Words for an event; `templateText` of its cluster, empty when there is none. */
export function describeChange(change: EventChange, templateText: string): EventWords {
  const { observed, expected, startMinute, windowEndMinute } = change;
  const minutes = Math.max(1, windowEndMinute - startMinute);
  const what = change.metric === 'errors' ? 'errors' : change.metric === 'cluster' ? 'events' : 'lines';
  const counted = `${figure(observed)} ${what} in ${span(minutes)}`;
  return {
    title: titleOf(change, templateText, counted),
    reasons: [
      change.kind === 'new'
        ? `${counted}, of a kind that was never counted before`
        : `${counted}, where ${figure(expected)} were expected${factorText(observed, expected)}`,
      `When all is normal, this happens by chance in less than one of 10^${Math.floor(change.evidence)} such windows`,
      ...(change.streamCount === null || change.streamCount < 2 ? [] : [`${change.streamCount} streams have it`]),
      ...(change.version === null || change.version === '' ? [] : [`It began after ${change.version} was deployed`]),
      `Rated ${severityName(change.severity)} for how sure it is and how large`,
      ...(change.isWithdrawn ? ['Late lines took it back'] : []),
      ...(change.isGivenUp ? ['Next to no line came for a day: nothing more is told of it before lines are back'] : []),
    ],
  };
}

function titleOf(
  { kind, metric, subject, observed, expected, version }: EventChange,
  template: string,
  counted: string
) {
  const service = cut(subject.service, maxNameCharacters);
  const cluster = subject.clusterId === null ? '' : `: ${cut(template, maxTemplateCharacters)}`;
  const factor = hasFactor(expected) ? figure(observed / expected) : '';
  switch (kind) {
    case 'new':
      return `${service} logs an error that was never seen before${cluster}`;
    case 'silence':
      return metric === 'cluster' ? `${service} stopped logging what it always logs${cluster}` : `${service} is silent`;
    case 'errors':
      return hasFactor(expected)
        ? `${service} has ${factor} times as many errors as usual`
        : `${service} has errors: ${counted}`;
    case 'share':
      return `${service} logs this more often since ${version ?? ''} was deployed${cluster}`.replace(
        'since  was',
        'since it was'
      );
    case 'step':
      return `${service} logs at a new level, ${factor} times as much as before${cluster}`;
    case 'dip':
      return `${service} logs ${lessText(observed / Math.max(expected, 1e-9))} than usual${cluster}`;
    case 'spike':
      return `${service} logs ${factor} times as much as usual${cluster}`;
  }
}

/** How many times as much says something only beside an expected count that may be one. */
export function hasFactor(expected: number): boolean {
  return expected >= leastExpected;
}

function factorText(observed: number, expected: number): string {
  if (!hasFactor(expected)) {
    return '';
  }
  return observed < expected ? `: ${lessText(observed / expected)}` : `: ${figure(observed / expected)} times as many`;
}

/** Of a share that is left, how much is gone. */
function lessText(share: number): string {
  return `${Math.round(100 * (1 - share))} % less`;
}

function span(minutes: number): string {
  return minutes === 1 ? 'one minute' : `${minutes} minutes`;
}

function figure(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en-US') : String(Math.round(value * 10) / 10);
}

function cut(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;
}
