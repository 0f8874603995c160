import type { ExplainedFrame, ExplainedToken, TraceExplanation } from '@loghunter/engine/fingerprints';
import { printable, truncate } from '../terminal/printable.ts';
import type { ExplainedEvent } from './explain-events.ts';

const labelWidth = 11;
const maxShownFrames = 40;

/** An explanation for people: a row for each thing that took part, safe for a terminal. */
export function renderExplanation(event: ExplainedEvent): string {
  const rows: Array<readonly [label: string, text: string]> = [['line', printable(event.line)]];
  if (event.isRedacted) {
    rows.push(['', 'shown without private text, as it is clustered']);
  }
  rows.push(
    ['header', listTokens(event.peeled)],
    ['kept', event.kept.map(({ text }) => printable(text)).join(' | ')],
    ['masked', listTokens(event.masked)],
    ['signature', printable(event.signature)]
  );
  if (event.trace !== null) {
    rows.push(...traceRows(event.trace));
  }
  rows.push(['template', printable(event.identity.templateText)], ['fingerprint', event.identity.fingerprint]);
  if (event.learned !== null) {
    rows.push(['learned', printable(event.learned.templateText)], ['fingerprint', event.learned.fingerprint]);
  }
  return rows
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `${label.padEnd(labelWidth)} ${text}\n`)
    .join('');
}

function listTokens(tokens: readonly ExplainedToken[]): string {
  return tokens.map(({ text, type }) => `${type}: ${printable(text)}`).join(' | ');
}

function traceRows({ exceptions, usesMessage, language }: TraceExplanation): Array<readonly [string, string]> {
  const rows: Array<readonly [string, string]> = [
    ['trace', usesMessage ? `${language}; no frame is the application's, so the message counts too` : language],
  ];
  for (const { type, message, frames } of exceptions) {
    rows.push(['exception', truncate(printable(message === '' ? type : `${type}: ${message}`), 200)]);
    rows.push(...frames.slice(0, maxShownFrames).map((frame) => ['', describeFrame(frame)] as const));
    if (frames.length > maxShownFrames) {
      rows.push(['', `... ${frames.length - maxShownFrames} more frames`]);
    }
  }
  return rows;
}

function describeFrame({ name, path, reason, mark, isUsed }: ExplainedFrame): string {
  const why = mark === '' ? reason : `${reason}, by ${mark}`;
  return `${isUsed ? '+' : '-'} ${printable(name === '' ? path : name)} (${isUsed ? why : `does not count: ${why}`})`;
}
