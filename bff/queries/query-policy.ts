import type { LabelMatcher } from '@loghunter/engine/logql';
import type { ServiceSettings } from '@loghunter/engine/records';

const dayMs = 86_400_000;

/** Limits of queries from outside, in LogQL and PromQL: no range or offset reaches farther than a request's own. */
export const queryLimits = { maxRangeMs: 31 * dayMs, maxOffsetMs: 31 * dayMs } as const;

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
  const value = namespaces.map(escapeExpression).join('|');
  return [...bounds.forcedMatchers, { name, operator: '=~', value }];
}

// RE2 reads every punctuation character behind a backslash as itself.
function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
