const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Uint8Array(128).fill(64);
for (let value = 0; value < alphabet.length; value++) {
  sextets[alphabet.charCodeAt(value)] = value;
}
sextets[0x2d] = 62;
sextets[0x5f] = 63;

// Shorter ones hold less than "password=secret".
const run = /[A-Za-z0-9+/_-]{20,8192}={0,2}/g;
const probeLength = 16;

/** Text that stands base64-encoded in another text. */
export interface EncodedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
  run.lastIndex = 0;
  for (let match = run.exec(text); match !== null; match = run.exec(text)) {
    const end = match.index + match[0].length;
    for (const start of textStarts(text, match.index, end)) {
      const decoded = decode(text, start, end);
      if (decoded !== null) {
        found.push({ start, end, text: decoded });
      }
    }
  }
  return found;
}
