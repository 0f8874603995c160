import { joinNames, sanitizeName, sanitizeValue } from './label-text.ts';
import { failLine, isTaken, setParsed } from './line-state.ts';
import type { LineState, Stage } from './line-state.ts';
import { isDone, isWanted, isWantedPrefix, passesFilter } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';
import { unescapeJson, walkObject } from './walk-json.ts';
import type { JsonToken, WalkEnd } from './walk-json.ts';

/** The `json` stage without expressions: a label for each text, number and boolean, nested keys joined by `_`. */
export function compileJson(hints: ParserHints): Stage {
  return function parseJson(state) {
    if (isDone(hints, state)) {
      return true;
    }
    const walk: JsonWalk = { hints, state, isDropped: false };
    if (walkMembers(walk, state.line, []) === 'broken') {
      failParser(state, hints, 'JSONParserErr', 'the line is no JSON object');
    }
    return !walk.isDropped;
  };
}

/** Notes the error of a parser, in a label too when the query asks for errors. */
export function failParser(
  state: LineState,
  hints: ParserHints,
  error: 'JSONParserErr' | 'LogfmtParserErr',
  details: string
): void {
  failLine(state, error, details);
  if (hints.preservesErrors) {
    setParsed(state, '__preserve_error__', 'true');
  }
}

interface JsonWalk {
  readonly hints: ParserHints;
  readonly state: LineState;
  isDropped: boolean;
}

// Deeper objects are not worth a label, and recursion must end.
const maxDepth = 64;

function walkMembers(walk: JsonWalk, text: string, path: readonly string[]): WalkEnd {
  let inner: WalkEnd = 'whole';
  const end = walkObject(text, (key, value) => {
    if (value.kind === 'object') {
      const innerPath = [...path, key];
      if (path.length < maxDepth && isWantedPrefix(walk.hints, joinNames(innerPath))) {
        inner = walkMembers(walk, value.text, innerPath);
      }
      return inner === 'whole';
    }
    return value.kind === 'array' || value.kind === 'null' || addLeaf(walk, path, key, value);
  });
  return inner === 'whole' ? end : inner;
}

/** False when the walk is over: the line is dropped, or all needed labels are found. */
function addLeaf(walk: JsonWalk, path: readonly string[], key: string, value: JsonToken): boolean {
  const { hints, state } = walk;
  const name = nameOf(state, path, key);
  if (name !== '' && isWanted(hints, state, name)) {
    setParsed(state, name, value.kind === 'string' ? sanitizeValue(unescapeJson(value.text) ?? '') : value.text);
    if (!passesFilter(hints, state, name)) {
      walk.isDropped = true;
      return false;
    }
  }
  return !isDone(hints, state);
}

function nameOf(state: LineState, path: readonly string[], key: string): string {
  if (path.length === 0) {
    const name = sanitizeName(key);
    return name !== '' && isTaken(state, name) ? `${name}_extracted` : name;
  }
  const name = joinNames([...path, key]);
  return isTaken(state, name) ? joinNames([...path, `${key}_extracted`]) : name;
}
