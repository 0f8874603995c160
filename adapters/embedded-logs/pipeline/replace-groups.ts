import type { Matcher, RE2JS } from 're2js';

const reference = /\$(?:(\$)|(\w+)|\{(\w+)\})/g;

/** Writes what stands for a match: `$1`, `$name` and `${name}` are groups, `$$` is a dollar, as in Go. */
export function expandGroups(replacement: string, match: Matcher, names: Readonly<Record<string, number>>): string {
  return replacement.replaceAll(reference, (_whole, dollar?: string, bare?: string, braced?: string) => {
    if (dollar !== undefined) {
      return '$';
    }
    const name = bare ?? braced ?? '';
    const index = /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined;
    return index === undefined || index > match.groupCount() ? '' : (match.group(index) ?? '');
  });
}

/** Replaces every match of an RE2 expression in a text. */
export function replaceMatches(expression: RE2JS, text: string, write: (match: Matcher) => string): string {
  const match = expression.matcher(text);
  let replaced = '';
  let position = 0;
  while (match.find()) {
    replaced += text.slice(position, match.start()) + write(match);
    position = match.end();
  }
  return replaced + text.slice(position);
}
