// Loki does not let parsers look for labels that a metric query does not need. That shows in its answers: a line that is broken after
// the last needed label has no error. So the embedded store does the same.
import type { LineState, Stage } from './line-state.ts';

/** What the parsers of a query need to find. */
export interface ParserHints {
  /** Names whose labels the query uses; null for all. */
  readonly requiredNames: ReadonlySet<string> | null;
  /** No label is needed: parsers do nothing. */
  readonly needsNothing: boolean;
  /** The query asks for `__error__`: lines with errors are counted, not refused. */
  readonly preservesErrors: boolean;
  /** Label filters of the query by the one label that each tests: a line that would fail one is dropped as soon as the label is found. */
  readonly filters: ReadonlyMap<string, Stage>;
}

/** Whether nothing that the query needs is left to find. */
export function isDone({ needsNothing, requiredNames }: ParserHints, { extracted }: LineState): boolean {
  if (needsNothing) {
    return true;
  }
  if (requiredNames === null || extracted.size < requiredNames.size) {
    return false;
  }
  for (const name of requiredNames) {
    if (!extracted.has(name)) {
      return false;
    }
  }
  return true;
}

/** Whether a parser sets the label: the query needs it, and no stage has set it. */
export function isWanted({ requiredNames }: ParserHints, { extracted }: LineState, name: string): boolean {
  return (requiredNames === null || requiredNames.has(name)) && !extracted.has(name);
}

/** Whether a needed label may begin with the text. */
export function isWantedPrefix({ requiredNames }: ParserHints, prefix: string): boolean {
  return requiredNames === null || [...requiredNames].some((name) => name.startsWith(prefix));
}

/** Whether the line passes the query's own filter on a label that has just been found. */
export function passesFilter({ filters }: ParserHints, state: LineState, name: string): boolean {
  return filters.get(name)?.(state) ?? true;
}
