import { KeywordGate } from './keyword-gate.ts';
import type { OwnKind, PlaceholderKind } from './placeholders.ts';
import type { RedactionRule } from './rule.ts';

/** A stretch of a text that is to be replaced. */
export interface RedactionMatch {
  readonly start: number;
  readonly end: number;
  readonly ruleName: string;
  readonly kind: PlaceholderKind | OwnKind;
}

/** A table of rules with what makes running it cheap. */
export interface RuleTable {
  readonly rules: readonly RedactionRule[];
  /** Says for each rule by its place whether it must run on a text. */
  readonly gate: Pick<KeywordGate, 'mark'>;
}

/** Prepares rules for {@link findMatches}. */
export function createRuleTable(rules: readonly RedactionRule[]): RuleTable {
  return { rules, gate: new KeywordGate(rules) };
}

/** What the rules find, in the order of their places; where two overlap, the earlier rule of the table wins. */
export function findMatches(text: string, table: RuleTable): readonly RedactionMatch[] {
  const marks = table.gate.mark(text);
  const found: RedactionMatch[] = [];
  for (let index = 0; index < marks.length; index++) {
    const rule = marks[index] === 1 ? table.rules[index] : undefined;
    if (rule !== undefined) {
      collect(text, rule, found);
    }
  }
  return withoutOverlaps(found);
}

function collect(text: string, rule: RedactionRule, found: RedactionMatch[]): void {
  const { pattern, name, kind } = rule;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const value = match.groups?.['value'] ?? match[0];
    const end = match.index + match[0].length;
    if (rule.accepts === undefined || rule.accepts(value, match)) {
      found.push({ start: end - value.length, end, ruleName: name, kind });
    } else if (value.length < match[0].length) {
      // What was taken for the value may itself hold a key and its value.
      pattern.lastIndex = end - value.length;
    }
  }
}

/** Leaves the matches that no earlier one overlaps, in the order of their places. */
export function withoutOverlaps(found: readonly RedactionMatch[]): readonly RedactionMatch[] {
  if (found.length < 2) {
    return found;
  }
  // A stable sort by place; rank decides between matches that overlap, and few lines hold more than two.
  const ranked = found.map((match, rank) => ({ match, rank })).sort((a, b) => a.match.start - b.match.start);
  const kept: Array<{ match: RedactionMatch; rank: number }> = [];
  for (const next of ranked) {
    const last = kept.at(-1);
    if (last === undefined || last.match.end <= next.match.start) {
      kept.push(next);
    } else if (next.rank < last.rank) {
      kept[kept.length - 1] = next;
    }
  }
  return kept.map(({ match }) => match);
}
