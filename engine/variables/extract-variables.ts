import { hasStackTrace } from '../fingerprints/index.ts';
import { analyzeLine } from '../templates/index.ts';
import type { LineSpan, TemplatePart } from '../templates/index.ts';
import { matchParts } from './match-parts.ts';
import type { MatchRules, Stretch } from './match-parts.ts';

// Templates leave them out.
const terminalColours = /\u001b\[[0-9;]{0,20}m/g;

/** Lines of a trace that are searched for its message. */
const maxMessageLineCount = 40;

const ruleLadder: ReadonlyArray<MatchRules & { readonly keepsMasks: boolean }> = [
  { mustEnd: true, hasGaps: false, keepsMasks: true },
  { mustEnd: true, hasGaps: false, keepsMasks: false },
  { mustEnd: false, hasGaps: true, keepsMasks: false },
];

/**
 * Returns the values of an event's text at the variable places of a template, in the template's order; null where the
 * text has none, and at the place that stands for a trace's frames. `parts` may be the text's own template or one with more
 * places (learned openings, merges). Takes time linear in the text for each part of the template.
 * @example extractVariables('order 17 shipped', analyzeLine('order 1 shipped').parts) // ['17']
 */
export function extractVariables(text: string, parts: readonly TemplatePart[]): ReadonlyArray<string | null> {
  if (!hasStackTrace(parts)) {
    const head = text.split('\n', 20).find((line) => /[A-Za-z]{2}/.test(line)) ?? text;
    return valuesOfLine(head, parts) ?? noValues(parts);
  }
  const message = messageParts(parts);
  for (const line of text.split('\n', maxMessageLineCount)) {
    const values = valuesOfLine(line, message, true);
    if (values !== null) {
      return [...values, null];
    }
  }
  return noValues(parts);
}

function valuesOfLine(coloured: string, parts: readonly TemplatePart[], isWhole = false): readonly string[] | null {
  const line = coloured.replace(terminalColours, '');
  const { spans, parts: own } = analyzeLine(line);
  const values = isWhole ? null : fieldValues(line, spans, own, parts);
  if (values !== null) {
    return values;
  }
  const stretches = isWhole ? [{ text: line, masked: [] }] : stretchesOf(line, spans);
  for (const { keepsMasks, ...rules } of ruleLadder) {
    for (const stretch of rules.hasGaps ? [{ text: line, masked: [] }] : stretches) {
      const found = matchParts(keepsMasks ? stretch : { ...stretch, masked: [] }, parts, rules);
      if (found?.every((value) => value !== '') === true) {
        return rules.hasGaps ? found.map((value, index) => accessValue(value, index, parts)) : found;
      }
    }
  }
  return null;
}

// Structured lines without a message: the template is the keys, and every value is masked or peeled, in the same order.
function fieldValues(
  line: string,
  spans: readonly LineSpan[],
  own: readonly TemplatePart[],
  parts: readonly TemplatePart[]
): string[] | null {
  const values = spans.filter((span) => span.kind === 'masked' || ['level', 'logger'].includes(span.type));
  const places = own.filter((part) => part.kind === 'variable');
  const isFields = places.length > 0 && places.every((place) => place.type === 'value');
  const isSame = parts.filter((part) => part.kind === 'variable').length === places.length;
  const hasKeptText = spans.some((span) => span.kind === 'kept');
  return isFields && isSame && !hasKeptText && values.length === places.length
    ? values.map(({ start, end }) => line.slice(start, end))
    : null;
}

/** The parts between headers and other fields: the line's message, or its fields one by one. */
function stretchesOf(line: string, spans: readonly LineSpan[]): Stretch[] {
  const stretches: Stretch[] = [];
  let open: LineSpan[] = [];
  const close = (): void => {
    const first = open[0];
    const last = open.at(-1);
    if (first !== undefined && last !== undefined) {
      stretches.push({
        text: line.slice(first.start, last.end),
        masked: open
          .filter((span) => span.kind === 'masked')
          .map((span) => [span.start - first.start, span.end - first.start] as const),
      });
    }
    open = [];
  };
  for (const span of spans) {
    if (span.kind === 'peeled') {
      close();
    } else {
      open.push(span);
    }
  }
  close();
  return stretches;
}

// Access lines have protocol and quotes between the template's words, and their template keeps the first digit of the
// status, whose value is the whole status.
function accessValue(value: string, index: number, parts: readonly TemplatePart[]): string {
  const word = /^\S*/.exec(value)?.[0] ?? '';
  let place = -1;
  const at = parts.findIndex((part) => part.kind === 'variable' && (place += 1) === index);
  const before = parts[at - 1];
  const digit = before?.kind === 'text' ? /(?:^|\s)([1-5])$/.exec(before.text)?.[1] : undefined;
  return digit !== undefined && /^\d\d$/.test(word) ? digit + word : word;
}

/** The message of a trace's template: without the topmost frame and the place of the frames. */
function messageParts(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  return parts
    .slice(0, -1)
    .map((part, index): TemplatePart => {
      const isLast = index === parts.length - 2;
      return isLast && part.kind === 'text' ? { kind: 'text', text: part.text.replace(/ ?at \S* ?$/, '') } : part;
    })
    .filter((part) => part.kind === 'variable' || part.text !== '');
}

function noValues(parts: readonly TemplatePart[]): null[] {
  return parts.filter((part) => part.kind === 'variable').map(() => null);
}
