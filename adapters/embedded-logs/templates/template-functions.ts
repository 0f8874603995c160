// The functions of templates. An argument list ends with what was piped in, as in Go.
import { compileExpression } from '@loghunter/engine/logql';
import type { RE2JS } from 're2js';

import { expandGroups, replaceMatches } from '../pipeline/replace-groups.ts';
import { parseByteSize, parseGoDuration } from '../pipeline/units.ts';

/** What a template computes with. */
export type TemplateValue = string | number | boolean;

/** A function of templates. Throws `TemplateFault`. */
export type TemplateFunction = (...values: readonly TemplateValue[]) => TemplateValue;

/** A template cannot be computed for a line: Loki then sets `__error__` to `TemplateFormatErr`. */
export class TemplateFault extends Error {}

/** The longest text that a template may make, in UTF-16 units: a line of Loki's default limit has at most as many bytes. */
export const maxTextLength = 256 * 1024;

function text(value: TemplateValue | undefined): string {
  if (typeof value !== 'string') {
    throw new TemplateFault(`expected a text, got ${value}`);
  }
  return value;
}

function whole(value: TemplateValue | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new TemplateFault(`expected a whole number, got ${value}`);
  }
  return value;
}

/** Sprig's cast: what is no number counts as 0. */
function castWhole(value: TemplateValue | undefined): number {
  const number =
    typeof value === 'boolean' ? Number(value) : Number(/^[+-]?\d+$/.test(String(value)) ? value : Number.NaN);
  return typeof value === 'number' ? Math.trunc(value) : Number.isNaN(number) ? 0 : number;
}

function onTexts(arity: number, compute: (...texts: readonly string[]) => TemplateValue): TemplateFunction {
  return (...values) => {
    requireArity(values, arity);
    return compute(...values.map(text));
  };
}

function requireArity(values: readonly TemplateValue[], arity: number): void {
  if (values.length !== arity) {
    throw new TemplateFault(`wrong number of arguments: want ${arity}, got ${values.length}`);
  }
}

function inSet(cutset: string): (character: string) => boolean {
  const set = new Set(cutset);
  return (character) => set.has(character);
}

function trimSides(value: string, cutset: string, sides: 'left' | 'right' | 'both'): string {
  const isCut = inSet(cutset);
  const characters = [...value];
  let start = 0;
  let end = characters.length;
  while (sides !== 'right' && start < end && isCut(characters[start] ?? '')) {
    start += 1;
  }
  while (sides !== 'left' && end > start && isCut(characters[end - 1] ?? '')) {
    end -= 1;
  }
  return characters.slice(start, end).join('');
}

function removePrefix(value: string, prefix: string): string {
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function removeSuffix(value: string, suffix: string): string {
  return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
}

/** Counts bytes, as Go does: a character may be cut. */
function truncate(count: number, value: string): string {
  const bytes = Buffer.from(value, 'utf8');
  if (count < 0) {
    return bytes.length + count > 0 ? bytes.subarray(count).toString('utf8') : value;
  }
  return bytes.length > count ? bytes.subarray(0, count).toString('utf8') : value;
}

/** Counts bytes; a start below 0 is the beginning, an end below 0 the end. */
function substring(start: number, end: number, value: string): string {
  const bytes = Buffer.from(value, 'utf8');
  const last = start >= 0 && (end < 0 || end > bytes.length) ? bytes.length : end;
  if (last < 0 || Math.max(start, 0) > last || last > bytes.length) {
    throw new TemplateFault('the part of a text is out of range');
  }
  return bytes.subarray(Math.max(start, 0), last).toString('utf8');
}

function align(count: number, value: string, side: 'left' | 'right'): string {
  const characters = [...value];
  if (count < 0 || count === characters.length) {
    return value;
  }
  if (count > characters.length) {
    const padding = repeat(count - characters.length, ' ');
    return side === 'left' ? value + padding : padding + value;
  }
  return (side === 'left' ? characters.slice(0, count) : characters.slice(-count || characters.length)).join('');
}

function repeat(count: number, value: string): string {
  if (count < 0 || count * value.length > maxTextLength) {
    throw new TemplateFault(`a text cannot be repeated ${count} times here`);
  }
  return value.repeat(count);
}

function replaceFirst(value: string, old: string, replacement: string, count: number): string {
  if (count < 0) {
    return value.replaceAll(old, () => replacement);
  }
  let left = count;
  return value.replaceAll(old, (found) => (left-- > 0 ? replacement : found));
}

function compile(expression: string): RE2JS {
  try {
    return compileExpression(expression);
  } catch {
    throw new TemplateFault(`'${expression}' is no RE2 expression`);
  }
}

function countMatches(expression: string, value: string): number {
  const found = compile(expression).matcher(value);
  let count = 0;
  while (found.find()) {
    count += 1;
  }
  return count;
}

function compareValues(a: TemplateValue | undefined, b: TemplateValue | undefined): number {
  if (a === undefined || b === undefined || typeof a !== typeof b || typeof a === 'boolean') {
    throw new TemplateFault('incompatible types for comparison');
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function equals(a: TemplateValue | undefined, b: TemplateValue | undefined): boolean {
  if (typeof a !== typeof b) {
    throw new TemplateFault('incompatible types for comparison');
  }
  return a === b;
}

/** Whether Go's templates take a value for true. */
export function isTruthy(value: TemplateValue | undefined): boolean {
  return value !== '' && value !== 0 && value !== false && value !== undefined;
}

function fold(start: number | null, compute: (a: number, b: number) => number): TemplateFunction {
  return (...values) => {
    const [first = 0, ...rest] = values.map(castWhole);
    return rest.reduce(compute, start === null ? first : compute(start, first));
  };
}

function divide(compute: (a: number, b: number) => number): TemplateFunction {
  return (...values) => {
    requireArity(values, 2);
    if (castWhole(values[1]) === 0) {
      throw new TemplateFault('integer divide by zero');
    }
    return compute(castWhole(values[0]), castWhole(values[1]));
  };
}

function fromUnits(read: (value: string) => number | null): TemplateFunction {
  return onTexts(1, (value = '') => {
    const number = read(value);
    if (number === null) {
      throw new TemplateFault(`'${value}' has no such unit`);
    }
    return number;
  });
}

function readSeconds(value: string): number | null {
  const durationNs = parseGoDuration(value);
  return durationNs === null ? null : Number(durationNs) / 1e9;
}

/** Go's url.QueryEscape. */
function encodeQuery(value: string): string {
  return new URLSearchParams({ v: value.toWellFormed() })
    .toString()
    .slice(2)
    .replaceAll('*', '%2A')
    .replaceAll('%7E', '~');
}

function indent(spaces: number, value: string): string {
  const padding = repeat(spaces, ' ');
  return padding + value.replaceAll('\n', `\n${padding}`);
}

/** All functions by name; the table in adapters/README.md lists them. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  ToLower: onTexts(1, (value = '') => value.toLowerCase()),
  ToUpper: onTexts(1, (value = '') => value.toUpperCase()),
  lower: onTexts(1, (value = '') => value.toLowerCase()),
  upper: onTexts(1, (value = '') => value.toUpperCase()),
  Replace: (value, old, replacement, count) => replaceFirst(text(value), text(old), text(replacement), whole(count)),
  replace: onTexts(3, (old = '', replacement = '', value = '') => value.replaceAll(old, () => replacement)),
  Trim: onTexts(2, (value = '', cutset = '') => trimSides(value, cutset, 'both')),
  TrimLeft: onTexts(2, (value = '', cutset = '') => trimSides(value, cutset, 'left')),
  TrimRight: onTexts(2, (value = '', cutset = '') => trimSides(value, cutset, 'right')),
  TrimPrefix: onTexts(2, (value = '', prefix = '') => removePrefix(value, prefix)),
  TrimSuffix: onTexts(2, (value = '', suffix = '') => removeSuffix(value, suffix)),
  TrimSpace: onTexts(1, (value = '') => value.trim()),
  trim: onTexts(1, (value = '') => value.trim()),
  trimAll: onTexts(2, (cutset = '', value = '') => trimSides(value, cutset, 'both')),
  trimPrefix: onTexts(2, (prefix = '', value = '') => removePrefix(value, prefix)),
  trimSuffix: onTexts(2, (suffix = '', value = '') => removeSuffix(value, suffix)),
  trunc: (count, value) => truncate(whole(count), text(value)),
  substr: (start, end, value) => substring(whole(start), whole(end), text(value)),
  alignLeft: (count, value) => align(whole(count), text(value), 'left'),
  alignRight: (count, value) => align(whole(count), text(value), 'right'),
  repeat: (count, value) => repeat(whole(count), text(value)),
  indent: (spaces, value) => indent(whole(spaces), text(value)),
  nindent: (spaces, value) => `\n${indent(whole(spaces), text(value))}`,
  contains: onTexts(2, (part = '', value = '') => value.includes(part)),
  hasPrefix: onTexts(2, (prefix = '', value = '') => value.startsWith(prefix)),
  hasSuffix: onTexts(2, (suffix = '', value = '') => value.endsWith(suffix)),
  regexReplaceAll: onTexts(3, (expression = '', value = '', replacement = '') => {
    const pattern = compile(expression);
    return replaceMatches(pattern, value, (match) => expandGroups(replacement, match, pattern.namedGroups()));
  }),
  regexReplaceAllLiteral: onTexts(3, (expression = '', value = '', replacement = '') =>
    replaceMatches(compile(expression), value, () => replacement)
  ),
  count: onTexts(2, (expression = '', value = '') => countMatches(expression, value)),
  urlencode: onTexts(1, (value = '') => encodeQuery(value)),
  b64enc: onTexts(1, (value = '') => Buffer.from(value, 'utf8').toString('base64')),
  bytes: fromUnits(parseByteSize),
  duration: fromUnits(readSeconds),
  duration_seconds: fromUnits(readSeconds),
  default: (fallback, value) => (isTruthy(value) ? (value ?? '') : (fallback ?? '')),
  len: onTexts(1, (value = '') => Buffer.byteLength(value)),
  int: (value) => castWhole(value),
  add: fold(0, (a, b) => a + b),
  mul: fold(null, (a, b) => a * b),
  sub: (a, b) => castWhole(a) - castWhole(b),
  div: divide((a, b) => Math.trunc(a / b)),
  mod: divide((a, b) => a % b),
  max: fold(null, (a, b) => Math.max(a, b)),
  min: fold(null, (a, b) => Math.min(a, b)),
  eq: (first, ...others) => others.some((other) => equals(first, other)),
  ne: (a, b) => !equals(a, b),
  lt: (a, b) => compareValues(a, b) < 0,
  le: (a, b) => compareValues(a, b) <= 0,
  gt: (a, b) => compareValues(a, b) > 0,
  ge: (a, b) => compareValues(a, b) >= 0,
  not: (value) => !isTruthy(value),
  and: (...values) => values.find((value) => !isTruthy(value)) ?? values.at(-1) ?? false,
  or: (...values) => values.find(isTruthy) ?? values.at(-1) ?? false,
};
