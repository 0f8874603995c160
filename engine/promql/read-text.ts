import { unquoteText } from '../logql/quoted-text.ts';
import { Refused } from './refused.ts';

/** The meaning of a PromQL string in double quotes, single quotes or backticks. Throws `Refused` for an escape that Go does not know. */
export function readText(written: string, position: number): string {
  const value = written.startsWith("'") ? unquoteText(toDoubleQuotes(written)) : unquoteText(written);
  if (value === null || !value.isWellFormed() || written.length < 2 || !written.endsWith(written.charAt(0))) {
    throw new Refused('invalid', 'a string holds an escape that PromQL does not know', position);
  }
  return value;
}

/** Only its own quote may be escaped in a string: `\"` in single quotes becomes `\'` here, which is refused in double quotes. */
function toDoubleQuotes(written: string): string {
  const inner = written.slice(1, -1).replace(/\\([\s\S])|"/g, (match, escaped?: string) => {
    if (escaped === undefined) {
      return '\\"';
    }
    return escaped === "'" ? "'" : escaped === '"' ? "\\'" : match;
  });
  return `"${inner}"`;
}
