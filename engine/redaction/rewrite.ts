// Replaces what rules find until nothing is found any more, so that redacting twice changes nothing. Works in windows, so
// that time stays linear; looks behind escapes, base64 and line breaks only where plain text holds nothing.
import { findEncodedText } from './base64-text.ts';
import { composedView, decodedView, unwrappedViews, type TextView } from './decoded-view.ts';
import { findMatches, withoutOverlaps, type RedactionMatch, type RuleTable } from './find-matches.ts';
import type { OwnKind, PlaceholderKind } from './placeholders.ts';
import { findPrivateKeys, type PrivateKeyState } from './private-keys.ts';
import { findTenantMatches, type CompiledTenantRule } from './tenant-rule.ts';
import { findInWindows } from './windows.ts';

/** What a text is rewritten with. */
export interface RewriteRules {
  readonly table: RuleTable;
  /** Rules for formats that are sure enough to be looked for across line breaks. */
  readonly credentials: RuleTable;
  readonly tenantRules: readonly CompiledTenantRule[];
  /** What stands in the text instead of a value. */
  readonly substitute: (kind: PlaceholderKind | OwnKind, value: string) => string;
}

/** A rewritten text. */
export interface Rewritten {
  readonly text: string;
  /** Replacements by the name of the rule. */
  readonly counts: ReadonlyMap<string, number>;
  /** What the text leaves open for the next entry of its stream. */
  readonly state: PrivateKeyState;
}

// One pass can uncover what a second one finds (a number beside a replaced address), and encoded forms are only looked for
// behind plain ones; eight were the most that any line of tests/bench/redaction.bench.ts or of the property tests needed.
const passCount = 16;
// After that, lines with matches go as a whole; a chain of lines is the only thing that can still go on.
const collapseCount = 8;

/** Rewrites a text; linear in its length. */
export function rewrite(text: string, rules: RewriteRules, before: PrivateKeyState): Rewritten {
  const counts = new Map<string, number>();
  const search = text.includes('PRIVATE KEY') || before !== 'none' ? findPrivateKeys(text, before) : null;
  let current = search === null ? text : replacePrivateKeys(text, search.blocks, rules, counts);
  for (let pass = 0; pass < passCount + collapseCount; pass += 1) {
    const next = rewriteOnce(current, rules, counts, pass >= passCount);
    if (next === current) {
      return { text: current, counts, state: search?.state ?? 'none' };
    }
    current = next;
  }
  // Nothing that people write gets here; giving up in favour of secrecy keeps the promise that twice is once.
  count(counts, 'whole-text');
  return { text: rules.substitute('secret', current), counts, state: search?.state ?? 'none' };
}

function replacePrivateKeys(
  text: string,
  blocks: ReadonlyArray<{ readonly start: number; readonly end: number }>,
  rules: RewriteRules,
  counts: Map<string, number>
): string {
  let redacted = '';
  let place = 0;
  for (const { start, end } of blocks) {
    redacted += text.slice(place, start) + rules.substitute('private-key', text.slice(start, end));
    place = end;
    count(counts, 'private-key');
  }
  return redacted + text.slice(place);
}

function rewriteOnce(text: string, rules: RewriteRules, counts: Map<string, number>, isCollapsing: boolean): string {
  const tenantMatches = findTenantMatches(text, rules.tenantRules);
  const own = replaceMatches(text, isCollapsing ? wholeLines(text, tenantMatches) : tenantMatches, rules, counts);
  const matches = findInWindows(own, (window, isOwn) => {
    const plain = findMatches(window, rules.table).filter(isOwn);
    return plain.length > 0 ? plain : findHidden(window, rules).filter(isOwn);
  });
  return replaceMatches(own, isCollapsing ? wholeLines(own, matches) : matches, rules, counts);
}

/** What stands in a text base64-encoded, escaped once or twice, or broken over lines. */
function findHidden(text: string, rules: RewriteRules): readonly RedactionMatch[] {
  const encoded = findEncoded(text, rules);
  if (encoded.length > 0) {
    return encoded;
  }
  const once = decodedView(text);
  if (once !== null) {
    const found = findInView(once, rules.table);
    if (found.length > 0) {
      return found;
    }
    const twice = decodedView(once.text);
    const foundTwice = twice === null ? [] : findInView(composedView(once, twice), rules.table);
    if (foundTwice.length > 0) {
      return foundTwice;
    }
  }
  for (const unwrapped of unwrappedViews(once?.text ?? text)) {
    const found = findInView(once === null ? unwrapped : composedView(once, unwrapped), rules.credentials);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

function findInView(view: TextView, table: RuleTable): readonly RedactionMatch[] {
  const matches = findMatches(view.text, table).map((match) => ({
    ...match,
    start: view.places[match.start] ?? 0,
    end: view.places[match.end] ?? 0,
  }));
  return matches.filter(({ start, end }) => end > start);
}

function findEncoded(text: string, rules: RewriteRules): readonly RedactionMatch[] {
  const matches = findEncodedText(text).flatMap(({ start, end, text: decoded }): RedactionMatch[] => {
    const isPrivate =
      findPrivateKeys(decoded).blocks.length > 0 ||
      findMatches(decoded, rules.table).length > 0 ||
      findTenantMatches(decoded, rules.tenantRules).length > 0;
    return isPrivate ? [{ start, end, ruleName: 'base64', kind: 'secret' }] : [];
  });
  return withoutOverlaps(matches);
}

function replaceMatches(
  text: string,
  matches: readonly RedactionMatch[],
  rules: RewriteRules,
  counts: Map<string, number>
): string {
  if (matches.length === 0) {
    return text;
  }
  let redacted = '';
  let place = 0;
  for (const { start, end, kind, ruleName } of matches) {
    redacted += text.slice(place, start) + substituteByLine(text.slice(start, end), kind, rules);
    place = end;
    count(counts, ruleName);
  }
  return redacted + text.slice(place);
}

/** Replaces a value; one that is broken over lines leaves a placeholder on each, so that lines keep their number. */
function substituteByLine(value: string, kind: PlaceholderKind | OwnKind, rules: RewriteRules): string {
  if (!value.includes('\n')) {
    return rules.substitute(kind, value);
  }
  return value
    .split(/(\r?\n[ \t]{0,40})/)
    .map((piece, index) => (index % 2 === 1 || piece === '' ? piece : rules.substitute(kind, piece)))
    .join('');
}

/** The matches, each widened to the lines it stands on. */
function wholeLines(text: string, matches: readonly RedactionMatch[]): readonly RedactionMatch[] {
  const widened: RedactionMatch[] = [];
  for (const match of matches) {
    // Of many on one line the first is enough: a long line is looked through once.
    if (match.end > (widened.at(-1)?.end ?? -1)) {
      const lineEnd = text.indexOf('\n', match.end);
      const start = text.lastIndexOf('\n', match.start - 1) + 1;
      widened.push({ ...match, start, end: lineEnd < 0 ? text.length : lineEnd });
    }
  }
  return withoutOverlaps(widened);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
