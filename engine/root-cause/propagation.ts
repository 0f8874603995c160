// In which order the trouble reached the services, and along which calls.
import type { ServiceBlame } from './blame.ts';
import type { EvidenceCase } from './evidence-case.ts';
import type { Propagation } from './evidence-pack.ts';
import type { RateChange } from './rate-changes.ts';
import { median } from './delays.ts';
import type { CaseSpan } from './incident-case.ts';
import type { RequestEvidence } from './service-evidence.ts';

/** Blame from which on a service counts as affected. */
const affectedBlame = 2;
const mostEdges = 30;
/** A call that takes this many times as long as its usual middle, and so many milliseconds more, is slow. */
const slowFactor = 2;
const slowMs = 5;
const timeWeakness =
  'No ids tie the lines of one request together, so only the order in time is known: what comes later need not come from what came before.';

/** Follows requests where ids allow it, time otherwise. */
export function tracePropagation(
  evidence: EvidenceCase,
  requests: RequestEvidence,
  blames: readonly ServiceBlame[],
  changes: readonly RateChange[],
  origin: string | null
): Propagation {
  const affected = blames.filter(({ blame }) => blame >= affectedBlame);
  const names = new Set(affected.map(({ service }) => service));
  const all = [...new Set(changes.map(({ tally }) => tally.example.service))].toSorted();
  const services = [
    ...affected.map(({ service, firstMs }) => ({
      service,
      role: service === origin ? ('origin' as const) : ('affected' as const),
      firstDeviationAt: firstMs === null ? null : new Date(firstMs).toISOString(),
    })),
    ...all
      .filter((service) => !names.has(service))
      .map((service) => ({ service, role: 'unaffected' as const, firstDeviationAt: null })),
  ];
  if (requests.hasTraces || evidence.incident.spans.length > 0) {
    const edges = evidence.incident.spans.length > 0 ? countSpanCalls(evidence) : countCalls(requests, changes);
    return { basis: 'traces', weakness: '', services, edges: sortEdges(edges) };
  }
  const dated = affected
    .filter(({ firstMs }) => firstMs !== null)
    .toSorted((a, b) => (a.firstMs ?? 0) - (b.firstMs ?? 0));
  const edges = dated.slice(1).map(({ service }, place) => ({
    from: dated[place]?.service ?? '',
    to: service,
    count: 0,
    affectedCount: 0,
  }));
  return { basis: edges.length === 0 ? 'none' : 'time-order', weakness: timeWeakness, services, edges };
}

/** Who wrote after whom for the first time in a request, and in how many of these something deviates. */
function countCalls(
  { groups, changes: orderChanges }: RequestEvidence,
  changes: readonly RateChange[]
): Propagation['edges'] {
  const bad = new Set(
    changes
      .filter(({ kind, surprise }) => (kind === 'new' || kind === 'up') && surprise >= 2)
      .map(({ tally }) => tally.key)
  );
  const badOrder = new Set(
    orderChanges.filter(({ kind }) => kind === 'new').map(({ service, next }) => `${service}\0${next}`)
  );
  const edges = new Map<string, { from: string; to: string; count: number; affectedCount: number }>();
  for (const { events, isTrace } of groups.incident) {
    if (!isTrace) {
      continue;
    }
    const isBad = events.some(
      ({ service, step, line }) =>
        bad.has(`${service}\0${line?.stepKey ?? step}`) || badOrder.has(`${service}\0${step}`)
    );
    const seen = new Set<string>();
    let before: string | undefined;
    for (const { service } of events) {
      if (before !== undefined && before !== service && !seen.has(service)) {
        const key = `${before}\0${service}`;
        const edge = edges.get(key) ?? { from: before, to: service, count: 0, affectedCount: 0 };
        edge.count += 1;
        edge.affectedCount += isBad ? 1 : 0;
        edges.set(key, edge);
      }
      seen.add(service);
      before = service;
    }
  }
  return [...edges.values()];
}

/** Calls by caller and callee, as spans have them; those are affected that took clearly longer than usual, there or on the way. */
function countSpanCalls({ baseline, incident }: EvidenceCase): Propagation['edges'] {
  const usual = new Map(
    [...Map.groupBy(callsOf(baseline.spans), ({ key }) => key)].map(([key, calls]) => [
      key,
      { thereMs: median(calls.map(({ thereMs }) => thereMs)), wayMs: median(calls.map(({ wayMs }) => wayMs)) },
    ])
  );
  const isSlow = (tookMs: number, usualMs: number) => tookMs > slowFactor * Math.max(0, usualMs) + slowMs;
  return [...Map.groupBy(callsOf(incident.spans), ({ from, to }) => `${from}\0${to}`).values()].map((calls) => ({
    from: calls[0]?.from ?? '',
    to: calls[0]?.to ?? '',
    count: calls.length,
    affectedCount: calls.filter(({ key, thereMs, wayMs }) => {
      const known = usual.get(key);
      return known !== undefined && (isSlow(thereMs, known.thereMs) || isSlow(wayMs, known.wayMs));
    }).length,
  }));
}

function callsOf(spans: readonly CaseSpan[]) {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  return spans.flatMap(({ service: to, parentId, operation, startMs, endMs }) => {
    const caller = byId.get(parentId);
    if (caller === undefined || caller.service === to) {
      return [];
    }
    const from = caller.service;
    const thereMs = endMs - startMs;
    const wayMs = caller.endMs - caller.startMs - thereMs;
    return [{ from, to, key: `${from}\0${to}\0${operation}`, thereMs, wayMs }];
  });
}

function sortEdges(edges: Propagation['edges']): Propagation['edges'] {
  return edges
    .toSorted(
      (a, b) => b.affectedCount - a.affectedCount || b.count - a.count || (a.from + a.to < b.from + b.to ? -1 : 1)
    )
    .slice(0, mostEdges);
}
