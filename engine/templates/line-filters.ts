import type { TemplatePart } from './template-part.ts';

const shortestFilter = 3;

// Words as the scanner keeps them whole. What stands between them may differ between lines of one cluster (blanks), or be
// written as an escape in the raw line (quotes, backslashes, `<`, `&`, anything outside ASCII; JSON encoders differ).
const plainWord = /[A-Za-z0-9_$]+(?:[.-][A-Za-z0-9_$]+)*/g;

/**
 * Constant words of a template that every line of the cluster contains literally, for `|=` filters: longest first, each
 * at least three characters, without repeats and without those that lie inside a longer one.
 * @example lineFiltersOf(analyzeLine('Failed password for 10.0.0.1').parts) // ['password', 'Failed', 'for']
 */
export function lineFiltersOf(parts: readonly TemplatePart[]): readonly string[] {
  const words = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'text') {
      for (const [word] of part.text.matchAll(plainWord)) {
        if (word.length >= shortestFilter) {
          words.add(word);
        }
      }
    }
  }
  const longestFirst = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return longestFirst.filter((word, index) => !longestFirst.slice(0, index).some((longer) => longer.includes(word)));
}
