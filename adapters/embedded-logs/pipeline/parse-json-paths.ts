import type { LabelExtraction } from '@loghunter/engine/logql';

import { embeddedFailure } from '../embedded-failure.ts';
import { sanitizeValue } from './label-text.ts';
import { isTaken, labelOf, setParsed } from './line-state.ts';
import type { Stage } from './line-state.ts';
import { failParser } from './parse-json.ts';
import { isDone } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';
import { arrayElements, unescapeJson, walkObject } from './walk-json.ts';
import type { JsonToken } from './walk-json.ts';

type JsonPath = ReadonlyArray<string | number>;

/** The `json` stage with expressions such as `a.b[0]["c d"]`: a label for each, '' when the line has nothing there. */
export function compileJsonPaths(extractions: readonly LabelExtraction[], hints: ParserHints): Stage {
  const paths = extractions.map(({ name, expression }) => ({ name, path: readJsonPath(expression) }));
  return function parseJsonPaths(state) {
    if (state.line === '' || isDone(hints, state)) {
      return true;
    }
    if (!/^["{[]/.test(state.line)) {
      failParser(state, hints, 'JSONParserErr', '');
      return true;
    }
    for (const { name, path } of paths) {
      const value = findValue({ kind: state.line.startsWith('[') ? 'array' : 'object', text: state.line }, path);
      if (value?.kind === 'broken') {
        failParser(state, hints, 'JSONParserErr', 'the value is no JSON');
      } else if (value !== null) {
        setParsed(state, isTaken(state, name) ? `${name}_extracted` : name, textOf(value));
      }
    }
    for (const { name } of paths) {
      if (labelOf(state, name) === undefined) {
        setParsed(state, name, '');
      }
    }
    return true;
  };
}

function textOf({ kind, text }: JsonToken): string {
  if (kind === 'null') {
    return '';
  }
  return kind === 'object' ? text : sanitizeValue(unescapeJson(text) ?? '');
}

function findValue(value: JsonToken, path: JsonPath): JsonToken | null {
  const [step, ...rest] = path;
  if (step === undefined) {
    return value;
  }
  let found: JsonToken | null = null;
  if (typeof step === 'number') {
    let index = 0;
    for (const element of value.kind === 'array' ? arrayElements(value.text) : []) {
      if (index === step) {
        return findValue(element, rest);
      }
      index += 1;
    }
    return null;
  }
  // What stands before the break of an object is found.
  if (value.kind === 'object' || value.kind === 'broken') {
    walkObject(
      value.text,
      (key, member) => {
        found = key === step ? findValue(member, rest) : null;
        return found === null;
      },
      true
    );
  }
  return found;
}

const firstStep = /\s*([A-Za-z_]\w*)/y;
const laterStep = /\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"\]]*)"|(\d+))\s*\])/y;

/** Reads a path. Throws `PortError` `rejected` for what is none. */
function readJsonPath(text: string): JsonPath {
  const path: Array<string | number> = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    const step: RegExp = path.length === 0 && !/^\s*\[/.test(text) ? firstStep : laterStep;
    step.lastIndex = position;
    const match = step.exec(text);
    if (match === null) {
      break;
    }
    path.push(match[3] === undefined ? (match[1] ?? match[2] ?? '') : Number(match[3]));
    position += match[0].length;
  }
  if (path.length === 0 || text.slice(position).trim() !== '') {
    throw embeddedFailure('rejected', `cannot parse expression [${text}]`);
  }
  return path;
}
