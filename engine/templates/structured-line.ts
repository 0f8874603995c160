/* Structured lines: JSON objects and logfmt. The message field's template decides, together with level and logger. */
import { code, isSpace } from './characters.ts';
import { roleOf, type FieldRole } from './field-roles.ts';
import { valueOf, type Field } from './fields.ts';
import { parseJsonLine } from './json-line.ts';
import { closingQuote, parseLogfmt } from './logfmt.ts';

/** A line read as fields. */
export interface StructuredLine {
  readonly format: 'json' | 'logfmt';
  readonly fields: readonly Field[];
  readonly roles: readonly FieldRole[];
  /** The field that holds the message, or null. */
  readonly message: Field | null;
}

const longestName = 80;
/**
 * A message of so many words comes from one place in the source, whatever optional fields it has; shorter ones such as
 * "request" need the set of keys beside them. When words and keys together are fewer, the component decides too
 * (measured on logs of Go servers, where one statement often serves several components).
 */
const wordsOfSpecificMessage = 3;

function chooseMessage(fields: readonly Field[], roles: readonly FieldRole[]): Field | null {
  let chosen: Field | null = null;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (roles[index] !== 'message' || field === undefined || field.valueEnd <= field.valueStart) {
      continue;
    }
    // `msg` and `message` win over `event`, `body` and the like, which some libraries use for something else.
    if (chosen === null || (/^@?m(?:sg|essage)$/i.test(field.key) && !/^@?m(?:sg|essage)$/i.test(chosen.key))) {
      chosen = field;
    }
  }
  return chosen;
}

function structured(format: 'json' | 'logfmt', fields: readonly Field[]): StructuredLine {
  const roles = fields.map((field) => roleOf(field.key));
  return { format, fields, roles, message: chooseMessage(fields, roles) };
}

/** A quoted message with logfmt fields after it, as klog writes it. */
function parseQuotedMessage(text: string, from: number, end: number): StructuredLine | null {
  const quoteEnd = closingQuote(text, from + 1, end);
  if (quoteEnd + 2 >= end || !isSpace(text.charCodeAt(quoteEnd + 1))) {
    return null;
  }
  const rest = parseLogfmt(text, quoteEnd + 1, end);
  if (rest === null) {
    return null;
  }
  const message = {
    key: 'msg',
    keyStart: from,
    keyEnd: from,
    valueStart: from + 1,
    valueEnd: quoteEnd,
    isQuoted: true,
  };
  return structured('logfmt', [message, ...rest]);
}

/** Reads text[from, end) as a structured line; null when it is none. */
export function parseStructuredLine(text: string, from: number, end: number): StructuredLine | null {
  let start = from;
  while (start < end && isSpace(text.charCodeAt(start))) {
    start++;
  }
  const first = text.charCodeAt(start);
  if (first === code.openBrace) {
    const fields = parseJsonLine(text, start, end);
    return fields === null ? null : structured('json', fields);
  }
  if (first === code.quote) {
    return parseQuotedMessage(text, start, end);
  }
  const fields = parseLogfmt(text, start, end);
  if (fields === null || !isTrulyLogfmt(fields)) {
    return null;
  }
  return structured('logfmt', fields);
}

/** Two settings in a sentence are no logfmt line: a known field, or three fields, must be there. */
function isTrulyLogfmt(fields: readonly Field[]): boolean {
  return fields.length >= 3 || fields.some((field) => roleOf(field.key) !== 'other');
}

function nameOf(text: string, field: Field): string {
  const value = valueOf(text, field);
  if (value.length > longestName) {
    return '';
  }
  return value.replace(/:\d+$/, '').replaceAll(/\d+/g, '0');
}

/**
 * What beside the message decides the cluster of a structured line: format, level, logger, and for messages that say
 * little the component and the set of keys.
 * @param wordCount constant words of the message's template; 0 without a message
 */
export function contextSignatureOf(text: string, line: StructuredLine, wordCount: number): string {
  let level = '';
  let source = '';
  let component = '';
  const keys: string[] = [];
  line.fields.forEach((field, index) => {
    const role = line.roles[index];
    if (role === 'level') {
      level = valueOf(text, field).toLowerCase();
    } else if (role === 'source') {
      source = nameOf(text, field);
    } else if (role === 'component') {
      component = nameOf(text, field);
    } else if (
      role === 'other' ||
      (role === 'message' && field !== line.message) ||
      (role === 'context' && wordCount === 0)
    ) {
      keys.push(field.key.replaceAll(/\d+/g, '0'));
    }
  });
  let context = `{${line.format}} level=${level} source=${source}`;
  if (wordCount < wordsOfSpecificMessage) {
    const sorted = [...new Set(keys)].sort();
    context += wordCount + sorted.length < wordsOfSpecificMessage ? ` component=${component}` : '';
    context += ` keys=${sorted.join(',')}`;
  }
  return context;
}
