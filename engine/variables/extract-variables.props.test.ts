import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeLine } from '../templates/index.ts';
import type { TemplatePart } from '../templates/index.ts';
import { logLines, messages } from '../testing/log-lines.ts';
import { extractVariables } from './index.ts';

function withoutBlanks(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m|\s+/g, '');
}

function filled(parts: readonly TemplatePart[], values: ReadonlyArray<string | null>): string {
  let place = -1;
  return parts.map((part) => (part.kind === 'text' ? part.text : (values[(place += 1)] ?? ''))).join('');
}

test('each place has one value, a stretch of the line', () => {
  fc.assert(
    fc.property(logLines, (line) => {
      const { parts } = analyzeLine(line);
      const values = extractVariables(line, parts);
      expect(values).toHaveLength(parts.filter((part) => part.kind === 'variable').length);
      expect(values.every((value) => value === null || withoutBlanks(line).includes(withoutBlanks(value)))).toBe(true);
    }),
    { numRuns: 1000 }
  );
});

test('a template filled with the values of its message is the message', () => {
  fc.assert(
    fc.property(messages, (line) => {
      fc.pre(/^[A-Za-z]/.test(line) && !/[={"]/.test(line));
      const { parts, spans } = analyzeLine(line);
      fc.pre(spans.every((span) => span.kind !== 'peeled' || line.slice(span.start, span.end).trim() === ''));
      const values = extractVariables(line, parts);
      fc.pre(!line.includes('\n'));
      expect(withoutBlanks(filled(parts, values))).toBe(withoutBlanks(line));
    }),
    { numRuns: 1000 }
  );
});
