// Tells who asked for too much what would fit: "last 3 hours of service=checkout: about 2 GB".
import { logQueriesOf, parseQuery, printQuery, selector, type LabelMatcher } from '@loghunter/engine/logql';
import type { Clock, NanosecondRange } from '@loghunter/ports';
import { describeBytes } from './describe-bytes.ts';
import type { BytesEstimator } from './estimate-bytes.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Stretches that people think in, longest first. */
const stretches: ReadonlyArray<readonly [durationMs: number, name: string]> = [
  [14 * dayMs, '14 days'],
  [7 * dayMs, '7 days'],
  [3 * dayMs, '3 days'],
  [dayMs, '24 hours'],
  [12 * hourMs, '12 hours'],
  [6 * hourMs, '6 hours'],
  [3 * hourMs, '3 hours'],
  [hourMs, 'hour'],
  [30 * minuteMs, '30 minutes'],
  [15 * minuteMs, '15 minutes'],
  [5 * minuteMs, '5 minutes'],
  [minuteMs, 'minute'],
];

/** A query that does not fit, and the bytes that would. */
export interface MisfitQuery extends NanosecondRange {
  readonly query: string;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

/** One sentence on the longest stretch up to the range's end that fits. */
export async function describeFit(estimator: BytesEstimator, clock: Clock, misfit: MisfitQuery): Promise<string> {
  const subject = describeSelectors(misfit.query);
  const rangeMs = Number((misfit.toNs - misfit.fromNs) / 1_000_000n);
  const fitting = await findFit(estimator, misfit, rangeMs);
  if (fitting === null) {
    return `Not even one minute of ${subject} fits: ask for fewer streams.`;
  }
  const isUpToNow = misfit.toNs + 120_000_000_000n >= BigInt(Math.ceil(clock.nowMs())) * 1_000_000n;
  const end = isUpToNow ? '' : ` before ${new Date(Number(misfit.toNs / 1_000_000n)).toISOString()}`;
  return `What fits: last ${fitting.name}${end} of ${subject}: about ${describeBytes(fitting.sizeBytes)}.`;
}

// The estimate grows with the stretch, so halving the list finds the longest that fits in four looks.
async function findFit(
  estimator: BytesEstimator,
  misfit: MisfitQuery,
  rangeMs: number
): Promise<{ readonly name: string; readonly sizeBytes: number } | null> {
  const shorter = stretches.filter(([durationMs]) => durationMs < rangeMs);
  let best: { readonly name: string; readonly sizeBytes: number } | null = null;
  let [first, end] = [0, shorter.length];
  while (first < end) {
    const middle = Math.floor((first + end) / 2);
    const [durationMs, name] = shorter[middle] ?? [0, ''];
    const range = { fromNs: misfit.toNs - BigInt(durationMs) * 1_000_000n, toNs: misfit.toNs };
    const sizeBytes = await estimator.estimate(misfit.query, range, misfit.signal);
    if (sizeBytes !== null && sizeBytes <= misfit.limitBytes) {
      best = { name, sizeBytes };
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return best;
}

/** The streams of a query for people: `service=checkout`, or the selector where it is not as plain as that. */
function describeSelectors(query: string): string {
  const parsed = parseQuery(query);
  const queries = parsed.kind === 'query' ? logQueriesOf(parsed.query) : [];
  return queries.length === 0 ? 'this query' : queries.map(({ matchers }) => describeSelector(matchers)).join(' and ');
}

function describeSelector(matchers: readonly LabelMatcher[]): string {
  const isPlain = matchers.every(({ operator, value }) => operator === '=' && /^[\w.:/-]+$/.test(value));
  return isPlain
    ? matchers.map(({ name, value }) => `${name}=${value}`).join(', ')
    : printQuery(selector(...matchers)).slice(0, 300);
}
