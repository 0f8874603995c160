// Finds steps that began or ceased to follow others, and whose change came first.
import type { CaseEvent, EventGroup } from './case-events.ts';
import {
  beginning,
  countSuccessions,
  ending,
  splitSpans,
  stepKey,
  successionKey,
  type Example,
  type Succession,
  type Successions,
} from './successions.ts';

/** Signed likelihood ratio from which on a change counts (chi-squared with one degree of freedom: p about 0.08). */
const leastRatio = 3;
const leastBaselineSpans = 3;
const leastIncidentSpans = 2;
/** Changes of a service that count together, each less than the one before. */
const countedChanges = 4;
/** What came instead says more than what is missing. */
const vanishedWeight = 0.8;
const errorWeight = 1.5;
/** Which requests come first changes with the load, and where a burst ends with the time between requests. */
const beginningWeight = 0.4;
const burstEndWeight = 0.3;
/** Share of a service's weight that it has when no trace deviated in it first. */
const laterWeight = 0.25;

/** That something began or ceased to follow something else. */
export interface OrderChange {
  readonly service: string;
  readonly step: string;
  readonly next: string;
  /** `new`: it follows more often than before; `vanished`: less often. */
  readonly kind: 'new' | 'vanished';
  readonly strength: number;
  /** Share of spans with the step in which it followed, before and during the incident; of all spans of the service for any step. */
  readonly baselineShare: number;
  readonly incidentShare: number;
  readonly examples: readonly Example[];
  /** When it was first so in the incident; for what vanished, when something else came instead. Null: nothing did. */
  readonly firstMs: number | null;
}

/** Changes of one service, strongest first. */
export interface ServiceChanges {
  readonly service: string;
  readonly score: number;
  readonly changes: readonly OrderChange[];
}

/** Changes by service, those of services in which traces deviated first weighing most. */
export function findOrderChanges(baseline: readonly EventGroup[], incident: readonly EventGroup[]): ServiceChanges[] {
  const before = countSuccessions(baseline);
  const during = countSuccessions(incident);
  const hasTraces = incident.some(({ isTrace }) => isTrace);
  const changes = [...compareSuccessions(before, during, hasTraces), ...findNewErrors(before, during)];
  const isNew = new Set(
    changes.filter(({ kind }) => kind === 'new').map(({ service, step, next }) => successionKey(service, step, next))
  );
  const blame = blameFirst(incident, isNew);
  return [...Map.groupBy(changes, ({ service }) => service)].map(([service, own]) =>
    weigh(service, own, laterWeight + (blame.get(service) ?? 0))
  );
}

function weigh(service: string, own: readonly OrderChange[], share: number): ServiceChanges {
  const changes = own
    .map((change) => ({ ...change, strength: change.strength * share }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, countedChanges);
  return { service, score: changes.reduce((sum, { strength }, place) => sum + strength / (place + 1), 0), changes };
}

function compareSuccessions(before: Successions, during: Successions, hasTraces: boolean): OrderChange[] {
  const changes: OrderChange[] = [];
  for (const key of new Set([...before.byKey.keys(), ...during.byKey.keys()])) {
    const change = compare(before.byKey.get(key), during.byKey.get(key), before, during);
    if (change !== undefined) {
      changes.push(
        hasTraces || change.next !== ending ? change : { ...change, strength: change.strength * burstEndWeight }
      );
    }
  }
  return dateAbsences(changes);
}

/** What vanished did so when something else began to follow the same step. */
function dateAbsences(changes: readonly OrderChange[]): OrderChange[] {
  const instead = Map.groupBy(changes, ({ service, step }) => stepKey(service, step));
  return changes.map((change) => {
    const moments = (instead.get(stepKey(change.service, change.step)) ?? []).flatMap(({ firstMs }) => firstMs ?? []);
    return change.kind === 'new' || moments.length === 0 ? change : { ...change, firstMs: Math.min(...moments) };
  });
}

function compare(
  old: Succession | undefined,
  now: Succession | undefined,
  before: Successions,
  during: Successions
): OrderChange | undefined {
  const { service, step, next } = now ?? old ?? { service: '', step: '', next: '' };
  const baselineSpans = before.spanCounts.get(stepKey(service, step)) ?? 0;
  const incidentSpans = during.spanCounts.get(stepKey(service, step)) ?? 0;
  if (baselineSpans < leastBaselineSpans || incidentSpans < leastIncidentSpans) {
    return undefined;
  }
  const ratio = signedRatio(now?.spanCount ?? 0, incidentSpans, old?.spanCount ?? 0, baselineSpans);
  if (Math.abs(ratio) < leastRatio) {
    return undefined;
  }
  const kind = ratio > 0 ? 'new' : 'vanished';
  const examples = (kind === 'new' ? now : old)?.examples ?? [];
  const baselineShare = (old?.spanCount ?? 0) / baselineSpans;
  const incidentShare = (now?.spanCount ?? 0) / incidentSpans;
  const weight =
    (kind === 'vanished' ? vanishedWeight : examples[0]?.event?.isError === true ? errorWeight : 1) *
    (step === beginning ? beginningWeight : 1) *
    (0.3 + Math.abs(incidentShare - baselineShare));
  const firstMs = kind === 'new' ? earliestOf(examples) : null;
  return {
    ...{ service, step, next, kind, strength: Math.abs(ratio) * weight },
    ...{ baselineShare, incidentShare, examples, firstMs },
  };
}

function earliestOf(examples: readonly Example[]): number | null {
  const moments = examples.map(({ event, before }) => event?.atMs ?? before?.atMs).filter((atMs) => atMs !== undefined);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Errors that no span had before, whatever they follow. */
function findNewErrors(before: Successions, during: Successions): OrderChange[] {
  const fresh = new Map<string, Succession[]>();
  for (const succession of during.byKey.values()) {
    const key = stepKey(succession.service, succession.next);
    if (succession.examples[0]?.event?.isError === true && !before.spanCounts.has(key)) {
      fresh.set(key, [...(fresh.get(key) ?? []), succession]);
    }
  }
  return [...fresh].map(([key, all]) => {
    const service = all[0]?.service ?? '';
    const spanCount = during.spanCounts.get(key) ?? 0;
    const examples = all.flatMap((one) => one.examples);
    return {
      ...{ service, step: anyStep, next: all[0]?.next ?? '', kind: 'new' },
      strength: errorWeight * (2 * spanCount + 2),
      baselineShare: 0,
      // Every span of the service has a beginning.
      incidentShare: spanCount / Math.max(1, during.spanCounts.get(stepKey(service, beginning)) ?? 0),
      ...{ examples, firstMs: earliestOf(examples) },
    };
  });
}

/** Stands for any step before. */
const anyStep = '*';

/**
 * Share of traces in which a service had the first new succession: whoever is called fails before its callers pass the
 * failure on.
 */
function blameFirst(groups: readonly EventGroup[], isNew: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { events } of groups) {
    const first = firstDeviation(events, isNew);
    if (first !== undefined) {
      counts.set(first.service, (counts.get(first.service) ?? 0) + 1);
      total += 1;
    }
  }
  return new Map([...counts].map(([service, count]) => [service, count / total]));
}

function firstDeviation(events: readonly CaseEvent[], isNew: ReadonlySet<string>): CaseEvent | undefined {
  let first: CaseEvent | undefined;
  for (const span of splitSpans(events)) {
    let step = beginning;
    for (const event of span) {
      const { service } = event;
      if (
        isNew.has(successionKey(service, step, event.step)) ||
        isNew.has(successionKey(service, anyStep, event.step))
      ) {
        first = earlier(first, event);
        break;
      }
      step = event.step;
    }
    const last = span.at(-1);
    if (last !== undefined && isNew.has(successionKey(last.service, last.step, ending))) {
      first = earlier(first, last);
    }
  }
  return first;
}

function earlier(a: CaseEvent | undefined, b: CaseEvent): CaseEvent {
  return a === undefined || b.atMs < a.atMs ? b : a;
}

/**
 * Likelihood ratio of two shares being one (Dunning, Computational Linguistics 19, 1993), negative when the share sank.
 */
function signedRatio(now: number, nowOf: number, old: number, oldOf: number): number {
  const pooled = (now + old) / (nowOf + oldOf);
  const ratio =
    2 *
    (logLikelihood(now, nowOf, now / nowOf) +
      logLikelihood(old, oldOf, old / oldOf) -
      logLikelihood(now, nowOf, pooled) -
      logLikelihood(old, oldOf, pooled));
  return now / nowOf > old / oldOf ? ratio : -ratio;
}

function logLikelihood(count: number, of: number, share: number): number {
  return (count > 0 ? count * Math.log(share) : 0) + (of > count ? (of - count) * Math.log(1 - share) : 0);
}
