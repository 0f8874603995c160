/* What a line is made of: header, fields, constant words and variables. Everything here is a pure function of the text. */
import { accessContext, parseAccessLine, type AccessLine } from './access-log.ts';
import { code } from './characters.ts';
import { valueOf } from './fields.ts';
import { peelHeader } from './header.ts';
import type { HeaderFields, HeaderPiece } from './header-fields.ts';
import { maxAnalysedLength } from './limits.ts';
import { SpanList, type LineSpan } from './line-span.ts';
import { retype, withStandIns } from './placeholders.ts';
import { mayHoldLine, unescapeJson } from './nested-line.ts';
import { TokenScanner } from './scan-tokens.ts';
import { contextSignatureOf, parseStructuredLine, type StructuredLine } from './structured-line.ts';
import type { TemplatePart } from './template-part.ts';
import { partsOf, signatureOf, tokensOf, variableMark, type TemplateToken } from './template-tokens.ts';
import type { TokenBuffer } from './token-buffer.ts';
import { variableTypeOf } from './variable-types.ts';

/** Fields that were peeled off a line, as written; absent when the line has none. */
export type PeeledFields = HeaderFields;

/** What a line is made of. */
export interface LineAnalysis extends LineTokens {
  /** Decides the cluster: equal for all lines that differ in variables and header only. */
  readonly signature: string;
  readonly parts: readonly TemplatePart[];
  /** Why the line is where it is: tiles the line from 0 to its length, in order. */
  readonly spans: readonly LineSpan[];
  readonly fields: PeeledFields;
}

/** A line cut into what decides its cluster; the input of signatures and of learned openings. */
export interface LineTokens {
  /** What decides beside the tokens: empty for plain lines, level and logger for structured ones. */
  readonly context: string;
  readonly tokens: readonly TemplateToken[];
}

interface Dissection extends LineTokens {
  /** Whether fields were read, so that they and the message's template decide. */
  readonly isStructured: boolean;
  readonly spans: SpanList;
  readonly fields: PeeledFields;
}

const scanner = new TokenScanner();

function fieldsOf(text: string, pieces: readonly HeaderPiece[]): PeeledFields {
  const fields: Partial<Record<keyof HeaderFields, string>> = {};
  for (const piece of pieces) {
    fields[piece.type] ??= text.slice(piece.start, piece.end).replaceAll(/^[\s[(<|-]+|[\s\])>|:,-]+$/g, '');
  }
  return fields;
}

function addHeaderSpans(spans: SpanList, pieces: readonly HeaderPiece[], messageStart: number): void {
  for (const piece of pieces) {
    spans.extend(piece.start, 'peeled', 'header');
    spans.extend(piece.end, 'peeled', piece.type);
  }
  spans.extend(messageStart, 'peeled', 'header');
}

function addTokenSpans(spans: SpanList, buffer: TokenBuffer): void {
  for (let at = 0; at < buffer.count; at++) {
    const type = buffer.type[at] ?? 0;
    spans.extend(buffer.start[at] ?? 0, 'kept', '');
    spans.extend(buffer.end[at] ?? 0, type === 0 ? 'kept' : 'masked', type === 0 ? '' : variableTypeOf(type));
  }
}

/** Start of a JSON object that ends the line, as some console loggers append their fields; `end` when there is none. */
function trailingObjectStart(text: string, from: number, end: number): number {
  if (text.charCodeAt(end - 1) !== code.closeBrace) {
    return end;
  }
  const start = text.indexOf(' {"', from);
  const tabbed = start < 0 ? text.indexOf('\t{"', from) : start;
  return tabbed > from && tabbed < end ? tabbed + 1 : end;
}

function dissectPlain(
  text: string,
  original: string,
  from: number,
  end: number,
  spans: SpanList,
  fields: PeeledFields
): Dissection {
  const objectStart = trailingObjectStart(text, from, end);
  const buffer = retype(scanner.scan(text, from, objectStart, false), original);
  addTokenSpans(spans, buffer);
  const tokens = [...tokensOf(text, buffer)];
  if (objectStart < end) {
    tokens.push({ text: '', type: 'value', isSpaced: true });
    spans.extend(objectStart, 'kept', '');
    spans.extend(end, 'masked', 'value');
  }
  return { context: '', tokens, spans, fields, isStructured: false };
}

function dissectAccess(line: AccessLine, spans: SpanList, fields: PeeledFields): Dissection {
  spans.extend(line.methodStart, 'masked', 'value');
  spans.extend(line.targetStart, 'kept', '');
  spans.extend(line.targetEnd, 'masked', 'path');
  spans.extend(line.statusStart, 'kept', '');
  spans.extend(line.statusStart + 1, 'kept', '');
  const tokens: TemplateToken[] = [{ text: line.method, type: '', isSpaced: false }];
  line.route.split(variableMark).forEach((piece, index) => {
    if (index > 0) {
      tokens.push({ text: '', type: 'path', isSpaced: index === 1 && piece === '' && line.route === variableMark });
    }
    if (piece !== '') {
      tokens.push({ text: piece, type: '', isSpaced: index === 0 });
    }
  });
  tokens.push(
    { text: line.statusClass.slice(0, 1), type: '', isSpaced: true },
    { text: '', type: 'number', isSpaced: false }
  );
  return { context: accessContext, tokens, spans, fields, isStructured: false };
}

function isWordToken(token: TemplateToken): boolean {
  return token.type === '' && /[A-Za-z\u0080-\uffff]/.test(token.text);
}

/** The fields of a line without a message as tokens: keys constant (their digits and blanks are not), values variable. */
function fieldTokens(line: StructuredLine): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  line.fields.forEach((field, index) => {
    if (line.roles[index] === 'timestamp') {
      return;
    }
    const name = line.format === 'json' ? `"${field.key}":` : `${field.key}=`;
    let isSpaced = tokens.length > 0;
    name.split(/[\d\s]+/).forEach((text, at) => {
      if (at > 0) {
        tokens.push({ text: '', type: 'number', isSpaced });
        isSpaced = false;
      }
      if (text !== '') {
        tokens.push({ text, type: '', isSpaced });
        isSpaced = false;
      }
    });
    tokens.push({ text: '', type: 'value', isSpaced: false });
  });
  return tokens;
}

function dissectStructured(
  text: string,
  original: string,
  line: StructuredLine,
  spans: SpanList,
  header: PeeledFields
): Dissection {
  const fields: Partial<Record<keyof HeaderFields, string>> = { ...header };
  let tokens: readonly TemplateToken[] = [];
  let nestedContext: string | null = null;
  line.fields.forEach((field, index) => {
    const role = line.roles[index];
    spans.extend(field.valueStart, 'peeled', 'field');
    if (field === line.message) {
      const inner = text.slice(field.valueStart, field.valueEnd);
      const nested = field.isQuoted ? dissectNested(inner, field.valueStart, spans) : null;
      if (nested !== null) {
        ({ tokens, context: nestedContext } = nested);
        Object.assign(fields, nested.fields);
        spans.extend(field.valueEnd, 'peeled', 'field');
        return;
      }
      const { messageStart } = peelHeader(inner);
      spans.extend(field.valueStart + messageStart, 'peeled', 'header');
      const messageTokens = scanner.scan(text, field.valueStart + messageStart, field.valueEnd, field.isQuoted);
      const buffer = retype(messageTokens, original);
      addTokenSpans(spans, buffer);
      tokens = tokensOf(text, buffer);
      spans.extend(field.valueEnd, 'kept', '');
    } else if (role === 'level' || role === 'timestamp') {
      fields[role] ??= valueOf(text, field);
      spans.extend(field.valueEnd, 'peeled', role);
    } else if (role === 'source' || role === 'component') {
      fields.logger ??= valueOf(text, field);
      spans.extend(field.valueEnd, 'peeled', 'logger');
    } else {
      spans.extend(field.valueEnd, 'masked', 'value');
    }
  });
  const context = nestedContext ?? contextSignatureOf(text, line, tokens.filter(isWordToken).length);
  return { context, tokens: tokens.length > 0 ? tokens : fieldTokens(line), spans, fields, isStructured: true };
}

/**
 * A structured line inside the string of another one, as container runtimes wrap what a program wrote: the inner line
 * decides alone. Returns null when the string is no such line.
 * @param start place of the string in the outer line, whose spans are extended
 */
function dissectNested(escaped: string, start: number, spans: SpanList): Dissection | null {
  if (!mayHoldLine(escaped)) {
    return null;
  }
  const { text, places } = unescapeJson(escaped);
  const inner = dissect(text);
  if (!inner.isStructured) {
    return null;
  }
  for (const span of inner.spans.toArray()) {
    spans.extend(start + (places[span.end] ?? escaped.length), span.kind, span.type);
  }
  return inner;
}

function dissect(whole: string): Dissection {
  const cut = whole.length > maxAnalysedLength ? whole.slice(0, maxAnalysedLength) : whole;
  const text = withStandIns(cut);
  const spans = new SpanList();
  const access = parseAccessLine(text, 0);
  if (access !== null) {
    return dissectAccess(access, spans, {});
  }
  const bare = parseStructuredLine(text, 0, text.length);
  if (bare !== null) {
    return dissectStructured(text, cut, bare, spans, {});
  }
  const { messageStart, pieces } = peelHeader(text);
  const fields = fieldsOf(cut, pieces);
  addHeaderSpans(spans, pieces, messageStart);
  if (messageStart > 0) {
    const line = parseStructuredLine(text, messageStart, text.length);
    if (line !== null) {
      return dissectStructured(text, cut, line, spans, fields);
    }
    const request = parseAccessLine(text, messageStart);
    if (request !== null) {
      return dissectAccess(request, spans, fields);
    }
  }
  return dissectPlain(text, cut, messageStart, text.length, spans, fields);
}

/** Context and tokens of a line, for clusterers. */
export function lineTokensOf(text: string): LineTokens {
  return dissect(text);
}

/** Signature of a line's context and tokens. */
export function lineSignatureOf(line: LineTokens): string {
  return line.context === '' ? signatureOf(line.tokens) : `${line.context} ${signatureOf(line.tokens)}`;
}

/**
 * What a line is made of: signature, template parts, spans and peeled fields. Pure: the same text always gives the
 * same answer, whatever was seen before. Takes time linear in min(length, 8192 units); later text is masked as `rest`.
 * @example analyzeLine('2024-05-01 12:00:00 INFO Accepted 7 jobs').signature // 'Accepted <*> jobs'
 */
export function analyzeLine(text: string): LineAnalysis {
  const dissection = dissect(text);
  const { spans } = dissection;
  if (text.length > maxAnalysedLength) {
    spans.extend(maxAnalysedLength, 'kept', '');
    spans.extend(text.length, 'masked', 'rest');
  }
  spans.extend(text.length, 'peeled', 'field');
  return {
    context: dissection.context,
    tokens: dissection.tokens,
    signature: lineSignatureOf(dissection),
    parts: partsOf(dissection.tokens),
    spans: spans.toArray(),
    fields: dissection.fields,
  };
}
