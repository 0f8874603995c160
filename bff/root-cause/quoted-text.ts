import type { TextRedactor } from '../redaction/stored-text-redaction.ts';

/** Characters of a line that are quoted: enough for what it says, few enough for a model's window. */
const maxQuotedLength = 400;

/** A line as packs quote it: private values taken out, and cut. */
export function quotedText(redactor: TextRedactor, line: string): string {
  const text = redactor.sample(line);
  return text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength).toWellFormed()}…` : text;
}
