/*
 * Patterns for lines of which only the places of the digits are known, not the digits: lines of one shape (see
 * engine/templates/line-shape.ts). Such a pattern matches at least what the pattern itself would match.
 */

const digits = '0123456789';

const escaped = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|p\{[^}]*\})/;

/** Members of a class `[...]` that are digits, and the class's source without them; escapes other than \d hold no digit. */
function withoutDigits(body: string): { readonly found: ReadonlySet<string>; readonly rest: string } {
  const found = new Set<string>();
  let rest = '';
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (character === '\\') {
      const name = escaped.exec(body.slice(at))?.[0] ?? body.slice(at, at + 2);
      if (name === '\\d' || name === '\\w') {
        [...digits].forEach((digit) => found.add(digit));
      }
      rest += name === '\\d' ? '' : name === '\\w' ? 'A-Za-z_' : name;
      at += name.length - 1;
    } else if (/\d/.test(character)) {
      const range = /^(\d)-(\d)/.exec(body.slice(at));
      const from = Number(character);
      const to = range === null ? from : Number(range[2]);
      for (let digit = from; digit <= to; digit++) {
        found.add(String(digit));
      }
      at += range === null ? 0 : 2;
    } else {
      rest += character;
    }
  }
  return { found, rest };
}

function classFor(source: string): { readonly text: string; readonly isExact: boolean } {
  const isNegated = source.startsWith('[^');
  const { found, rest } = withoutDigits(source.slice(isNegated ? 2 : 1, -1));
  const isExact = found.size === 0 || found.size === digits.length;
  if (isExact) {
    return { text: source, isExact };
  }
  return { text: isNegated ? `[^${rest}]` : `[${rest}\\d]`, isExact };
}

const token =
  /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|p\{[^}]*\}|k<\w+>|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|:|<\w+>)|\{\d+(?:,\d*)?\}|[^]/g;

interface Group {
  readonly opening: string;
  text: string;
  isExact: boolean;
}

/**
 * Returns the pattern with every digit that it asks for replaced by any digit. What must not follow or go before is left
 * out where it names digits, since other digits may stand there.
 */
export function withAnyDigit(pattern: RegExp): RegExp {
  const stack: Group[] = [{ opening: '', text: '', isExact: true }];
  for (const [found] of pattern.source.matchAll(token)) {
    const open = stack.at(-1) ?? { opening: '', text: '', isExact: true };
    if (found.startsWith('(')) {
      stack.push({ opening: found, text: '', isExact: true });
    } else if (found === ')' && stack.length > 1) {
      stack.pop();
      closeGroup(stack.at(-1), open);
    } else if (found.startsWith('[')) {
      const { text, isExact } = classFor(found);
      open.text += text;
      open.isExact &&= isExact;
    } else if (/^\d$/.test(found)) {
      open.text += String.raw`\d`;
      open.isExact = false;
    } else {
      open.text += found;
    }
  }
  return new RegExp(stack[0]?.text ?? '', pattern.flags);
}

function closeGroup(outer: Group | undefined, group: Group): void {
  if (outer === undefined) {
    return;
  }
  const isNegative = group.opening === '(?!' || group.opening === '(?<!';
  if (isNegative && !group.isExact) {
    return;
  }
  outer.text += `${group.opening}${group.text})`;
  outer.isExact &&= group.isExact;
}
