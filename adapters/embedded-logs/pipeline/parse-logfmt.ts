import type { LabelExtraction, LogfmtParserStage } from '@loghunter/engine/logql';

import { embeddedFailure } from '../embedded-failure.ts';
import { sanitizeName, sanitizeValue } from './label-text.ts';
import { isTaken, setParsed } from './line-state.ts';
import type { LineState, Stage } from './line-state.ts';
import { logfmtPairs } from './logfmt-pairs.ts';
import { failParser } from './parse-json.ts';
import { isDone, isWanted, passesFilter } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';

/** The `logfmt` stage: a label for each pair, or for each expression. */
export function compileLogfmt(stage: LogfmtParserStage, hints: ParserHints): Stage {
  return stage.extractions.length === 0
    ? (state) => parsePairs(state, stage, hints)
    : compileExtractions(stage.extractions, stage.isStrict, hints);
}

function parsePairs(state: LineState, { isStrict, keepsEmpty }: LogfmtParserStage, hints: ParserHints): boolean {
  if (isDone(hints, state)) {
    return true;
  }
  for (const pair of logfmtPairs(state.line)) {
    if (pair === null) {
      if (isStrict) {
        failParser(state, hints, 'LogfmtParserErr', 'logfmt syntax error');
        return passesFilter(hints, state, '__error__');
      }
      continue;
    }
    const [key, value] = pair;
    const ownName = sanitizeName(key);
    const name = ownName !== '' && isTaken(state, ownName) ? `${ownName}_extracted` : ownName;
    if (name === '' || !isWanted(hints, state, name) || (value === '' && !keepsEmpty)) {
      continue;
    }
    setParsed(state, name, sanitizeValue(value));
    if (!passesFilter(hints, state, name)) {
      return false;
    }
    if (isDone(hints, state)) {
      break;
    }
  }
  return true;
}

function compileExtractions(extractions: readonly LabelExtraction[], isStrict: boolean, hints: ParserHints): Stage {
  const keys = new Map(extractions.map(({ name, expression }) => [name, readKey(expression)] as const));
  const nameOfKey = new Map([...keys].map(([name, key]) => [key, name] as const));
  return function parseExtractions(state) {
    if (isDone(hints, state)) {
      return true;
    }
    for (const name of keys.keys()) {
      if (!isTaken(state, name)) {
        setParsed(state, name, '');
      }
    }
    for (const pair of logfmtPairs(state.line)) {
      if (pair === null) {
        if (isStrict) {
          failParser(state, hints, 'LogfmtParserErr', 'logfmt syntax error');
          break;
        }
        continue;
      }
      const key = sanitizeName(pair[0]);
      const name = nameOfKey.get(key) ?? key;
      if (!keys.has(name) || key === '' || !(keys.has(key) || isWanted(hints, state, key))) {
        continue;
      }
      const value = pair[1].includes('\uFFFD') ? '' : pair[1];
      const ownName = isTaken(state, name) ? `${name}_extracted` : name;
      if (ownName !== name && !isWanted(hints, state, ownName)) {
        break;
      }
      setParsed(state, ownName, value);
      if (isDone(hints, state)) {
        break;
      }
    }
    return true;
  };
}

function readKey(expression: string): string {
  const key = /^\s*(?:([A-Za-z_]\w*)|"([^"\]]*)")\s*$/.exec(expression);
  if (key === null) {
    throw embeddedFailure('rejected', `cannot parse expression [${expression}]`);
  }
  return key[1] ?? key[2] ?? '';
}
