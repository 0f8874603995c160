/*
 * Private-key blocks: PEM and PGP armour, over lines or with escaped line breaks, with or without an end. In a log they
 * may also come line by line, one entry each; what an entry leaves open is told by a state.
 */

/** Where the text of a stream of entries stands: inside a private key's body, after its last line, or in none. */
export type PrivateKeyState = 'none' | 'body' | 'end';

/** A private-key block in a text. */
export interface PrivateKeyBlock {
  readonly start: number;
  readonly end: number;
}

/** Blocks of a text, in order, and what its end leaves open. */
export interface PrivateKeySearch {
  readonly blocks: readonly PrivateKeyBlock[];
  readonly state: PrivateKeyState;
}

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const endHere = /\s{0,100}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const lineBreak = /(?:\s|\\{1,4}[nr]){0,20}/y;
const bodyLine =
  /(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): [^\n\\]{0,200}|[A-Za-z0-9+/=]{16,200}(?![A-Za-z0-9+/=]))/y;
const lastLine = /[A-Za-z0-9+/=]{1,200}\s{0,100}$/y;

// A PEM block of an RSA key of 16,384 bits has 12,800 characters, with escaped line breaks 13,000.
const longestBlock = 32_768;
// PEM has 64 characters a line, PGP 64 or 76; a shorter line is the last one.
const fullLineLength = 60;

function endOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex : -1;
}

/** End of the body lines that follow `from`: lines of base64 and header lines only, never prose. */
function endOfBody(text: string, from: number): number {
  let bodyEnd = from;
  for (let at = from; ;) {
    const start = Math.max(at, endOf(lineBreak, text, at));
    const lineEnd = endOf(bodyLine, text, start);
    if (lineEnd < 0) {
      const last = endOf(lastLine, text, start);
      return last < 0 ? bodyEnd : last;
    }
    bodyEnd = lineEnd;
    at = lineEnd;
  }
}

/** Where private-key blocks stand; linear in the text. */
export function findPrivateKeys(text: string, before: PrivateKeyState = 'none'): PrivateKeySearch {
  const blocks: PrivateKeyBlock[] = [];
  const continued = before === 'none' ? null : continuedBlock(text, before);
  let state: PrivateKeyState = continued?.state ?? 'none';
  if (continued !== null && continued.end > 0) {
    blocks.push({ start: 0, end: continued.end });
  }
  if (!text.includes('PRIVATE KEY')) {
    return { blocks, state };
  }
  begin.lastIndex = continued?.end ?? 0;
  let hasEnd = true;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const bodyStart = match.index + match[0].length;
    end.lastIndex = bodyStart;
    const close: RegExpExecArray | null = hasEnd ? end.exec(text) : null;
    hasEnd = close !== null;
    const isWhole = close !== null && close.index - bodyStart <= longestBlock;
    const blockEnd = isWhole ? close.index + close[0].length : endOfBody(text, bodyStart);
    blocks.push({ start: match.index, end: blockEnd });
    state = !isWhole && text.slice(blockEnd).trim() === '' ? 'body' : 'none';
    begin.lastIndex = blockEnd;
  }
  return { blocks, state };
}

/** The part of a block that stands at the start of an entry; `end` is 0 when the entry does not go on with it. */
function continuedBlock(
  text: string,
  before: PrivateKeyState
): { readonly end: number; readonly state: PrivateKeyState } {
  if (text.trim() === '') {
    return { end: 0, state: before };
  }
  const closed = endOf(endHere, text, 0);
  if (closed > 0) {
    return { end: closed, state: 'none' };
  }
  const bodyEnd = before === 'end' ? 0 : endOfBody(text, 0);
  if (bodyEnd <= 0) {
    return { end: 0, state: 'none' };
  }
  const closedAfterBody = endOf(endHere, text, bodyEnd);
  if (closedAfterBody > 0) {
    return { end: closedAfterBody, state: 'none' };
  }
  if (text.slice(bodyEnd).trim() !== '') {
    return { end: 0, state: 'none' };
  }
  const lastBreak = text.trimEnd().lastIndexOf('\n');
  const isFull = text.trimEnd().length - lastBreak - 1 >= fullLineLength;
  return { end: bodyEnd, state: isFull || text.includes(': ') ? 'body' : 'end' };
}
