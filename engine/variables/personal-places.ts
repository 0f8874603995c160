import { redact } from '../redaction/index.ts';
import type { TemplatePart } from '../templates/index.ts';

/** Variable types whose values point at people or machines of people. */
const personalTypes: ReadonlySet<string> = new Set(['ip', 'email']);

// The word before a place says what stands there.
const personalWord =
  /(?:^|[^a-z])(?:user|users|username|user[_ -]?name|login|account|customer|client|owner|author|member|e-?mail|phone|mobile|name|address|token|secret|password|passwd|session|cookie|key|iban|card|ssn)(?:[_ -]?(?:id|name|no|number))?["'\s]*(?:[:=]|is|for|by)?[\s"'([{<]*$/i;

/** Place of a variable in a template. */
export interface VariablePlace {
  /** Name of the variable's type, such as `number` or `ip`. */
  readonly type: string;
  /** True when values are about people or secret by type or by the words before them: shown as pseudonyms only. */
  readonly isPersonal: boolean;
}

/** Returns the variable places of a template in order. */
export function variablePlacesOf(parts: readonly TemplatePart[]): readonly VariablePlace[] {
  return parts.flatMap((part, index) => {
    if (part.kind === 'text') {
      return [];
    }
    const before = parts[index - 1];
    const words = before?.kind === 'text' ? before.text.slice(-80) : '';
    return [{ type: part.type, isPersonal: personalTypes.has(part.type) || personalWord.test(words) }];
  });
}

/** Only the beginning of a value is ever kept; what begins in it may end later. */
const inspectedLength = 512;

/** Tells whether the first 512 units of a value hold a secret or personal data by their form. */
export function isPersonalValue(type: string, value: string): boolean {
  const start = value.slice(0, inspectedLength);
  return personalTypes.has(type) || redact(start) !== start;
}
