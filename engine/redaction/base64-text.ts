const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Uint8Array(128).fill(64);
for (let value = 0; value < alphabet.length; value++) {
  sextets[alphabet.charCodeAt(value)] = value;
}
sextets[0x2d] = 62;
sextets[0x5f] = 63;

// Shorter ones hold less than "password=secret".
const shortestRun = 20;
const longestRun = 8192;
const probeLength = 16;

/** Text that stands base64-encoded in another text. */
export interface EncodedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function isSextet(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 128 && (sextets[unit] ?? 64) < 64;
}

/** Start of the next run that has the shortest length, -1 for none. Looks at the end of each possible run first. */
function nextRun(text: string, from: number): number {
  for (let start = from, at = from + shortestRun - 1; at < text.length;) {
    let before = at;
    while (before >= start && isSextet(text, before)) {
      before--;
    }
    if (before < start) {
      return start;
    }
    start = before + 1;
    at = start + shortestRun - 1;
  }
  return -1;
}

function endOfRun(text: string, start: number): number {
  const limit = Math.min(text.length, start + longestRun);
  let end = start + shortestRun;
  while (end < limit && isSextet(text, end)) {
    end++;
  }
  for (let padding = 0; padding < 2 && text.charAt(end) === '='; padding++) {
    end++;
  }
  return end;
}

/**
 * Tells whether a run may be printable text from `from` on: the first six bits of each group of four characters hold the
 * upper bits of a byte, which for 0x20 to 0x7f are 8 to 31. One random run in 50 passes.
 */
function mayBeText(text: string, from: number): boolean {
  for (let at = from; at < from + probeLength; at += 4) {
    const sextet = sextets[text.charCodeAt(at)] ?? 64;
    if (sextet < 8 || sextet > 31) {
      return false;
    }
  }
  return true;
}

/** Places in a run from which on it may be text: its start, the three places after it, and the one after its last slash. */
function textStarts(text: string, from: number, end: number): readonly number[] {
  const starts: number[] = [];
  for (let start = from; start < from + 4; start++) {
    if (mayBeText(text, start)) {
      starts.push(start);
    }
  }
  const afterSlash = text.lastIndexOf('/', end - 1) + 1;
  if (afterSlash > from + 3 && end - afterSlash >= probeLength && mayBeText(text, afterSlash)) {
    starts.push(afterSlash);
  }
  return starts;
}

/**
 * Decodes text[start, end) (RFC 4648, both alphabets); null when it is no text: a control character, or a
 * quarter of it outside ASCII. Bytes outside ASCII are not decoded further, since no rule asks for them.
 */
function decode(text: string, start: number, end: number): string | null {
  let decoded = '';
  let bits = 0;
  let bitCount = 0;
  let foreignCount = 0;
  for (let at = start; at < end; at++) {
    const sextet = sextets[text.charCodeAt(at)] ?? 64;
    if (sextet > 63) {
      break;
    }
    bits = ((bits << 6) | sextet) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      const byte = (bits >> bitCount) & 0xff;
      const isText = (byte >= 0x20 && byte !== 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
      if (!isText) {
        return null;
      }
      foreignCount += byte > 0x7f ? 1 : 0;
      decoded += String.fromCharCode(byte);
    }
  }
  return foreignCount * 4 > decoded.length ? null : decoded;
}

/** Base64 runs of a text that decode to text; a run may start behind up to three other characters or a slash. */
export function findEncodedText(text: string): readonly EncodedText[] {
  const found: EncodedText[] = [];
  for (let from = nextRun(text, 0); from >= 0;) {
    const end = endOfRun(text, from);
    for (const start of textStarts(text, from, end)) {
      const decoded = decode(text, start, end);
      if (decoded !== null) {
        found.push({ start, end, text: decoded });
      }
    }
    from = nextRun(text, end);
  }
  return found;
}

/** Whether {@link findEncodedText} may find something in a text with these digits or others in their places. */
export function mayHoldEncodedText(text: string): boolean {
  for (let from = nextRun(text, 0); from >= 0;) {
    const end = endOfRun(text, from);
    if (textStarts(text, from, end).length > 0) {
      return true;
    }
    from = nextRun(text, end);
  }
  return false;
}
