/* Structured lines: JSON objects and logfmt. The message field's template decides, together with level and logger. */
import { code, isSpace } from './characters.ts';
import { mayNameMessage, roleOf, type FieldRole } from './field-roles.ts';
import { isLevelValue, sentenceWordsOf } from './field-values.ts';
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
/** Objects in objects that are looked into for a message. */
const deepestFields = 3;
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

/** The field whose value reads most like a sentence, where no name tells which one is the message. */
function chooseSentence(text: string, fields: readonly Field[], roles: readonly FieldRole[]): Field | null {
  let chosen: Field | null = null;
  let mostWords = 0;
  fields.forEach((field, index) => {
    const isCandidate = field.isQuoted && roles[index] === 'other';
    const words = isCandidate ? sentenceWordsOf(valueOf(text, field), mayNameMessage(field.key)) : 0;
    if (words > mostWords) {
      chosen = field;
      mostWords = words;
    }
  });
  return chosen;
}

/** Roles by name; where none is a level, the first field with the name of one as its value is. */
function rolesOf(text: string, fields: readonly Field[]): readonly FieldRole[] {
  const roles = fields.map((field) => roleOf(field.key));
  if (!roles.includes('level')) {
    const level = fields.findIndex((field, index) => roles[index] === 'other' && isLevelValue(valueOf(text, field)));
    return roles.map((role, index) => (index === level ? 'level' : role));
  }
  return roles;
}

function structured(text: string, format: 'json' | 'logfmt', fields: readonly Field[]): StructuredLine {
  const roles = rolesOf(text, fields);
  const message = chooseMessage(fields, roles);
  if (message !== null) {
    return { format, fields, roles, message };
  }
  const inner = format === 'json' ? withInnerFields(text, fields, deepestFields) : fields;
  const innerRoles = inner === fields ? roles : rolesOf(text, inner);
  const named = chooseMessage(inner, innerRoles);
  if (named !== null) {
    return { format, fields: inner, roles: innerRoles, message: named };
  }
  const sentence = chooseSentence(text, inner, innerRoles);
  return chooseSentence(text, fields, roles) === null && sentence !== null
    ? { format, fields: inner, roles: innerRoles, message: sentence }
    : { format, fields, roles, message: chooseSentence(text, fields, roles) };
}

/** Fields with those of objects among them in their objects' places, named `outer.inner`. */
function withInnerFields(text: string, fields: readonly Field[], depth: number): readonly Field[] {
  const isObject = (field: Field): boolean => !field.isQuoted && text.charCodeAt(field.valueStart) === code.openBrace;
  if (depth === 0 || !fields.some(isObject)) {
    return fields;
  }
  return fields.flatMap((field) => {
    const inner = isObject(field) ? parseJsonLine(text, field.valueStart, field.valueEnd) : null;
    return inner === null || inner.length === 0
      ? [field]
      : withInnerFields(
          text,
          inner.map((own) => ({ ...own, key: `${field.key}.${own.key}` })),
          depth - 1
        );
  });
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
  return structured(text, 'logfmt', [message, ...rest]);
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
    return fields === null ? null : structured(text, 'json', fields);
  }
  if (first === code.quote) {
    return parseQuotedMessage(text, start, end);
  }
  const fields = parseLogfmt(text, start, end);
  if (fields === null || !isTrulyLogfmt(fields)) {
    return null;
  }
  return structured(text, 'logfmt', fields);
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
