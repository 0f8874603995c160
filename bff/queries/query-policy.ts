import { maxRangeDays } from '@loghunter/contracts';
import { anyOf, type LabelMatcher } from '@loghunter/engine/logql';
import type { ServiceSettings } from '@loghunter/engine/records';

const dayMs = 86_400_000;

/** Limits of queries from outside, in LogQL and PromQL: no range or offset reaches farther than a request's own. */
export const queryLimits = { maxRangeMs: maxRangeDays * dayMs, maxOffsetMs: maxRangeDays * dayMs } as const;

/** What binds queries from outside. */
export interface QueryBounds {
  /** Matchers of the configuration that every selector gets. */
  readonly forcedMatchers: readonly LabelMatcher[];
  readonly services: ServiceSettings;
}

/**
 * The matchers that every selector gets: those of the configuration, and that of the namespaces, if any are named, on the
 * first of the labels that may hold one.
 */
export function forcedMatchersOf(bounds: QueryBounds, namespaces: readonly string[]): readonly LabelMatcher[] {
  const [name] = bounds.services.namespaceLabels;
  if (namespaces.length === 0 || name === undefined) {
    return bounds.forcedMatchers;
  }
  return [...bounds.forcedMatchers, { name, operator: '=~', value: anyOf(...namespaces) }];
}
