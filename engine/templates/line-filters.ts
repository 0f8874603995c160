import type { TemplatePart } from './template-part.ts';

const shortestFilter = 3;

// Blanks differ between lines of one cluster; quotes, backslashes, `/`, `<`, `>`, `&` and everything outside ASCII may be
// written as an escape in the raw line (JSON encoders differ).
const uncertain = /[^\x21-\x7e]|["\\/<>&']/;

/**
 * Constant runs of a template that every line of the cluster contains literally, for `|=` filters: longest first, each
 * at least three characters, without repeats and without those that lie inside a longer one.
 * A cluster whose words may be escaped in the raw line gets fewer filters, never a wrong one.
 */
export function lineFiltersOf(parts: readonly TemplatePart[]): readonly string[] {
  const runs = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'text') {
      for (const run of part.text.split(uncertain)) {
        if (run.length >= shortestFilter) {
          runs.add(run);
        }
      }
    }
  }
  const longestFirst = [...runs].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return longestFirst.filter((run, index) => !longestFirst.slice(0, index).some((longer) => longer.includes(run)));
}
