import { sanitizeName, sanitizeValue } from './label-text.ts';
import { isTaken, setParsed } from './line-state.ts';
import type { Stage } from './line-state.ts';
import { failParser } from './parse-json.ts';
import { isDone, isWanted, passesFilter } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';
import { unescapeJson, walkObject } from './walk-json.ts';

const packedLineKey = '_entry';

/** The `unpack` stage: the line that Promtail's `pack` wrapped becomes the line again, the other texts become labels. */
export function compileUnpack(hints: ParserHints): Stage {
  return function unpackLine(state) {
    if (state.line === '' || isDone(hints, state)) {
      return true;
    }
    let packed: string | null = null;
    let isBroken = !state.line.startsWith('{');
    const found: Array<readonly [string, string]> = [];
    const end = walkObject(state.line, (key, value) => {
      if (value.kind !== 'string') {
        return true;
      }
      const text = unescapeJson(value.text);
      if (key === packedLineKey) {
        packed = text;
        isBroken ||= text === null;
        return text !== null;
      }
      const name = isTaken(state, key) ? `${key}_extracted` : key;
      if (isWanted(hints, state, name)) {
        found.push([sanitizeName(name), sanitizeValue(text ?? '')]);
      }
      return true;
    });
    if (isBroken || end === 'broken') {
      failParser(state, hints, 'JSONParserErr', 'the line is no JSON object');
      return true;
    }
    if (packed === null) {
      return true;
    }
    state.line = packed;
    for (const [name, value] of found) {
      setParsed(state, name, value);
      if (!passesFilter(hints, state, name)) {
        return false;
      }
    }
    return true;
  };
}
