// Patterns such as `<method> <path> took <_>ms`: texts that must be found one after the other, and captures between them.
import { embeddedFailure } from '../embedded-failure.ts';
import { isTaken, setParsed } from './line-state.ts';
import type { Stage } from './line-state.ts';
import { isDone, isWanted, passesFilter } from './parser-hints.ts';
import type { ParserHints } from './parser-hints.ts';

type PatternPart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'capture'; readonly name: string };

/** The `pattern` stage: a label for each named capture. */
export function compilePatternParser(expression: string, hints: ParserHints): Stage {
  const parts = readParts(expression);
  const names = parts.flatMap((part) => (part.kind === 'capture' && part.name !== '_' ? part.name : []));
  if (names.length === 0) {
    throw embeddedFailure('rejected', 'at least one capture is required');
  }
  if (new Set(names).size < names.length) {
    throw embeddedFailure('rejected', 'duplicate capture name');
  }
  return function parsePattern(state) {
    if (isDone(hints, state)) {
      return true;
    }
    for (const [capture, value] of capturesOf(parts, state.line)) {
      const name = isTaken(state, capture) ? `${capture}_extracted` : capture;
      if (!isWanted(hints, state, name)) {
        continue;
      }
      setParsed(state, name, value);
      if (!passesFilter(hints, state, name)) {
        return false;
      }
    }
    return true;
  };
}

/** The line filters `|>` and `!>`: whether the line as a whole fits the pattern, no capture being empty. */
export function compilePatternTest(expression: string): (line: string) => boolean {
  const parts = readParts(expression);
  if (parts.some((part) => part.kind === 'capture' && part.name !== '_')) {
    throw embeddedFailure('rejected', 'named captures are not allowed');
  }
  const endsInCapture = parts.at(-1)?.kind === 'capture';
  return function fits(line) {
    if (line === '' || parts.length === 0) {
      return line === '' && parts.length === 0;
    }
    let position = 0;
    for (const [index, part] of parts.entries()) {
      if (part.kind === 'text') {
        const found = line.indexOf(part.text, position);
        if (found === -1 || (index !== 0 && found === position)) {
          return false;
        }
        position = found + part.text.length;
      }
    }
    return endsInCapture === position < line.length;
  };
}

function* capturesOf(parts: readonly PatternPart[], line: string): Generator<readonly [name: string, value: string]> {
  if (line === '') {
    return;
  }
  const [first] = parts;
  let position = 0;
  let index = 0;
  if (first?.kind === 'text') {
    if (!line.startsWith(first.text)) {
      return;
    }
    position = first.text.length;
    index = 1;
  }
  for (; index < parts.length; index += 2) {
    const capture = parts[index];
    const next = parts[index + 1];
    const found = next?.kind === 'text' ? line.indexOf(next.text, position) : -1;
    // A capture whose following text is missing takes the rest of the line.
    const end = found === -1 ? line.length : found;
    if (capture?.kind === 'capture' && capture.name !== '_') {
      yield [capture.name, line.slice(position, end)];
    }
    if (found === -1 || next?.kind !== 'text') {
      return;
    }
    position = found + next.text.length;
  }
}

const capture = /<([A-Za-z_]\w*)>/g;

function readParts(expression: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let position = 0;
  for (const match of expression.matchAll(capture)) {
    if (match.index > position) {
      parts.push({ kind: 'text', text: expression.slice(position, match.index) });
    } else if (parts.at(-1)?.kind === 'capture') {
      throw embeddedFailure('rejected', `found consecutive capture '${match[0]}'`);
    }
    parts.push({ kind: 'capture', name: match[1] ?? '_' });
    position = match.index + match[0].length;
  }
  if (position < expression.length) {
    parts.push({ kind: 'text', text: expression.slice(position) });
  }
  return parts;
}
