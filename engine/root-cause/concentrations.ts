// Label values that what went wrong concentrates in: a pod, a node, a version.
import { twoSidedProbability } from '../comparison/binomial.ts';
import { labelOf } from '../records/index.ts';
import type { EvidenceLine } from './evidence-case.ts';
import type { Concentration } from './evidence-pack.ts';

/** Labels that say what kind of line it is, not where it comes from. */
const plainLabels = /^(service|service_name|app|job|namespace|level|detected_level|severity|filename|stream)$/;
const leastSurprise = 3;
const leastAffected = 5;
const mostValues = 8;

/** Compares the lines that went wrong with all other lines of the same services. */
export function findConcentrations(
  affected: readonly EvidenceLine[],
  others: readonly EvidenceLine[]
): readonly Concentration[] {
  if (affected.length < leastAffected || others.length === 0) {
    return [];
  }
  const names = new Set(
    affected.flatMap(({ labels }) => Object.keys(labels)).filter((name) => !plainLabels.test(name))
  );
  const found: Concentration[] = [];
  for (const name of names) {
    const counts = countValues(affected, name);
    const otherCounts = countValues(others, name);
    for (const [value, count] of counts) {
      const otherCount = otherCounts.get(value) ?? 0;
      const affectedShare = count / affected.length;
      const otherShare = otherCount / others.length;
      // One other line more, so that nothing is impossible.
      const expected = Math.min(1 - 1e-6, (otherCount + 1) / (others.length + 2));
      const surprise = -Math.log10(
        Math.max(Number.MIN_VALUE, twoSidedProbability(count, affected.length, expected) * counts.size * names.size)
      );
      if (affectedShare > otherShare && surprise >= leastSurprise) {
        found.push({ name, value, affectedShare, otherShare, surprise });
      }
    }
  }
  return found
    .toSorted((a, b) => b.surprise - a.surprise || (a.name + a.value < b.name + b.value ? -1 : 1))
    .slice(0, mostValues);
}

function countValues(lines: readonly EvidenceLine[], name: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of lines) {
    const value = labelOf(labels, name);
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return counts;
}
