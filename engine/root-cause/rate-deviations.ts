// Turns changes of frequency into deviations of services.
import { minuteCounts, minutesOf } from './cluster-tallies.ts';
import type { EvidenceCase } from './evidence-case.ts';
import type { RateChange } from './rate-changes.ts';
import type { Deviation } from './deviation.ts';

/** Below this a change is chance: one in a hundred, after as many tests as there are clusters. */
const leastSurprise = 2;
/** A service with so many lines in the baseline is expected in the incident too. */
const regularCount = 20;
const minuteMs = 60_000;
/** A minute with so many standard deviations more than usual is the first of a rise. */
const riseDeviations = 3;

/** Deviations of the rate, errors and silence channels. */
export function toRateDeviations(evidence: EvidenceCase, changes: readonly RateChange[]): Deviation[] {
  const deviations = changes
    .filter(({ surprise }) => surprise >= leastSurprise)
    .map((change) => toDeviation(evidence, change));
  return [...deviations, ...findSilentServices(evidence, changes)];
}

function toDeviation(evidence: EvidenceCase, change: RateChange): Deviation {
  const { tally, kind, surprise } = change;
  const { example, baseline, incident } = tally;
  const isAbsence = kind === 'gone' || kind === 'down';
  const side = kind === 'gone' ? 'baseline' : 'incident';
  return {
    ...kindOf(change),
    service: example.service,
    surprise,
    weight: weightOf(change),
    statement: describe(change),
    baseline: perMinute(baseline.count, evidence.baseline.readMs),
    incident: perMinute(incident.count, evidence.incident.readMs),
    firstMs: isAbsence ? null : kind === 'new' ? incident.firstMs : findRise(evidence, change),
    clusterId: example.clusterId,
    ...(isAbsence ? {} : { stepKey: example.stepKey }),
    lines: tally[side].lines.slice(0, 2).map((line) => ({ window: side, line })),
  };
}

function kindOf({ kind, isError }: RateChange): Pick<Deviation, 'channel' | 'kind'> {
  switch (kind) {
    case 'new': {
      return isError ? { channel: 'errors', kind: 'new-error' } : { channel: 'rate', kind: 'new-cluster' };
    }
    case 'gone': {
      return { channel: 'silence', kind: 'gone-cluster' };
    }
    case 'up': {
      return { channel: isError ? 'errors' : 'rate', kind: 'more-often' };
    }
    case 'down': {
      return { channel: 'rate', kind: 'less-often' };
    }
  }
}

/** What comes says more than what is missing, and an error more than a plain line: requests that fail elsewhere leave gaps everywhere. */
function weightOf({ kind, isError, ratio, tally }: RateChange): number {
  const isWarning = tally.example.level === 'warn';
  switch (kind) {
    case 'new': {
      return isError ? 1 : isWarning ? 0.7 : 0.3;
    }
    case 'up': {
      return isError ? 0.9 : isWarning ? 0.6 : ratio >= 3 ? 0.4 : 0.1;
    }
    case 'gone': {
      return isError ? 0.05 : 0.25;
    }
    case 'down': {
      return isError ? 0.02 : 0.1;
    }
  }
}

function describe({ tally, kind, ratio, isError }: RateChange): string {
  const { example } = tally;
  const what = `“${example.templateText}”`;
  switch (kind) {
    case 'new': {
      const noun = isError ? 'an error' : 'a line';
      return `${example.service} writes ${noun} that was not there before: ${what}`;
    }
    case 'gone': {
      return `${example.service} no longer writes ${what}`;
    }
    case 'up': {
      return `${example.service} writes ${what} ${ratio.toFixed(1)} times as often as before`;
    }
    case 'down': {
      return `${example.service} writes ${what} less often than before`;
    }
  }
}

/** The first minute of the incident that has clearly more than minutes before. */
function findRise({ baseline, incident }: EvidenceCase, { tally }: RateChange): number {
  const usual = minuteCounts(tally.baseline, minutesOf(baseline));
  const mean = tally.baseline.count / Math.max(1, baseline.readMs / minuteMs);
  const variance = usual.reduce((sum, count) => sum + (count - mean) ** 2, 0) / usual.length;
  const bar = mean + riseDeviations * Math.sqrt(Math.max(variance, mean, 1));
  const minute = minutesOf(incident).find((one) => (tally.incident.byMinute.get(one) ?? 0) > bar);
  return minute === undefined
    ? tally.incident.firstMs
    : Math.max(tally.incident.firstMs, incident.fromMs + minute * minuteMs);
}

/** Services that wrote regularly and stopped. */
function findSilentServices(evidence: EvidenceCase, changes: readonly RateChange[]): Deviation[] {
  const byService = Map.groupBy(changes, ({ tally }) => tally.example.service);
  return [...byService].flatMap(([service, own]): Deviation[] => {
    const old = own.reduce((sum, { tally }) => sum + tally.baseline.count, 0);
    const now = own.reduce((sum, { tally }) => sum + tally.incident.count, 0);
    if (old < regularCount || now > 0) {
      return [];
    }
    const last = own.flatMap(({ tally }) => tally.baseline.lines).toSorted((a, b) => b.atMs - a.atMs);
    const surprise = Math.max(...own.map((change) => change.surprise));
    return [
      {
        ...{ channel: 'silence', kind: 'fell-silent', service, surprise, weight: 1 },
        statement: `${service} writes nothing any more`,
        baseline: perMinute(old, evidence.baseline.readMs),
        incident: 'nothing',
        firstMs: evidence.incident.fromMs,
        clusterId: null,
        lines: last.slice(0, 1).map((line) => ({ window: 'baseline', line })),
      },
    ];
  });
}

function perMinute(count: number, readMs: number): string {
  if (count === 0) {
    return 'not once';
  }
  const rate = count / Math.max(1 / 60, readMs / minuteMs);
  return `${count} times, ${rate >= 10 ? Math.round(rate) : rate.toPrecision(2)} a minute`;
}
