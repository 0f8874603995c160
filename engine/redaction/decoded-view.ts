/*
 * Texts as they read once their escapes are undone, with the way back: percent-encoding, JSON and HTML escapes, full-width
 * characters, digits of other scripts, invisible characters. A secret that is written in one of these is found in the view
 * and replaced where it stands.
 */

/** A text and, for each of its units and its end, the place in the original where that unit starts. */
export interface TextView {
  readonly text: string;
  readonly places: Int32Array;
}

const mayBeEncoded = /[%\\&\u0080-\uffff]/;
const percent = /%([0-9A-Fa-f]{2})/y;
const escape = /\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(["'\\/nrt]))/y;
const entity = /&(?:#x([0-9A-Fa-f]{1,4})|#(\d{1,5})|(quot|amp|apos|lt|gt));/y;
const characterOfEscape: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const characterOfEntity: Readonly<Record<string, string>> = { quot: '"', amp: '&', apos: "'", lt: '<', gt: '>' };

// Zero of each block of ten decimal digits in the basic plane (Unicode, general category Nd).
const zeros: readonly number[] = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
];
const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/;

interface Step {
  readonly text: string;
  /** Units of the original that this stands for. */
  readonly length: number;
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function asciiStep(codeText: string, base: number, length: number): Step | null {
  const unit = Number.parseInt(codeText, base);
  const isText = (unit >= 0x20 && unit < 0x7f) || unit === 0x0a || unit === 0x09;
  return isText ? { text: String.fromCharCode(unit), length } : null;
}

function decodedStep(text: string, at: number): Step | null {
  const first = text.charCodeAt(at);
  if (first === 0x25) {
    const match = matchAt(percent, text, at);
    return match === null ? null : asciiStep(match[1] ?? '', 16, 3);
  }
  if (first === 0x5c) {
    const match = matchAt(escape, text, at);
    const digits = match?.[1] ?? match?.[2];
    if (digits !== undefined) {
      return asciiStep(digits, 16, digits.length + 2);
    }
    const letter = match?.[3];
    return letter === undefined ? null : { text: characterOfEscape[letter] ?? letter, length: 2 };
  }
  if (first === 0x26) {
    const match = matchAt(entity, text, at);
    if (match === null) {
      return null;
    }
    const named = match[3] === undefined ? undefined : characterOfEntity[match[3]];
    if (named !== undefined) {
      return { text: named, length: match[0].length };
    }
    return asciiStep(match[1] ?? match[2] ?? '', match[1] === undefined ? 10 : 16, match[0].length);
  }
  return first < 0x80 ? null : foldedStep(text.charAt(at), first);
}

function foldedStep(character: string, unit: number): Step | null {
  if (unit >= 0xff01 && unit <= 0xff5e) {
    return { text: String.fromCharCode(unit - 0xfee0), length: 1 };
  }
  if (invisible.test(character)) {
    return { text: '', length: 1 };
  }
  const zero = unit >= 0x660 ? zeros.find((start) => unit >= start && unit < start + 10) : undefined;
  return zero === undefined ? null : { text: String(unit - zero), length: 1 };
}

/** View of a text with one level of escapes undone; null when there are none. Linear in the text's length. */
export function decodedView(text: string): TextView | null {
  if (!mayBeEncoded.test(text)) {
    return null;
  }
  const places = new Int32Array(text.length + 1);
  let decoded = '';
  let isChanged = false;
  for (let at = 0; at < text.length;) {
    const step = decodedStep(text, at);
    isChanged ||= step !== null;
    const unit = step === null ? text.charAt(at) : step.text;
    places[decoded.length] = at;
    decoded += unit;
    at += step?.length ?? 1;
  }
  places[decoded.length] = text.length;
  return isChanged ? { text: decoded, places } : null;
}

// A line break between two characters of a token, with the indent that the next line may have.
const brokenToken = /(?<=[\w+/=.-])\r?\n[ \t]{0,40}(?=[\w+/=.-])/g;

/**
 * Views of a text with lines joined where a break stands inside what may be one token: every second break, the others,
 * and all of them. A token that starts and ends where its lines do is only told from its neighbours when they are not joined.
 */
export function unwrappedViews(text: string): readonly TextView[] {
  if (!text.includes('\n')) {
    return [];
  }
  const joins: ReadonlyArray<(index: number) => boolean> = [
    (index) => index % 2 === 0,
    (index) => index % 2 === 1,
    () => true,
  ];
  return joins.map((isJoined) => unwrappedView(text, isJoined)).filter((view) => view !== null);
}

function unwrappedView(text: string, isJoined: (index: number) => boolean): TextView | null {
  const places = new Int32Array(text.length + 1);
  let unwrapped = '';
  let from = 0;
  function append(to: number): void {
    for (let at = from; at < to; at++) {
      places[unwrapped.length + at - from] = at;
    }
    unwrapped += text.slice(from, to);
  }
  let index = 0;
  for (const match of text.matchAll(brokenToken)) {
    if (isJoined(index)) {
      append(match.index);
      from = match.index + match[0].length;
    }
    index += 1;
  }
  if (from === 0) {
    return null;
  }
  append(text.length);
  places[unwrapped.length] = text.length;
  return { text: unwrapped, places };
}

/** View of the text that a view of a view was made of. */
export function composedView(outer: TextView, inner: TextView): TextView {
  return { text: inner.text, places: inner.places.map((place) => outer.places[place] ?? 0) };
}
