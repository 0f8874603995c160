import { withoutHidden } from './escape-hidden.ts';

/** Letters of other scripts that look like Latin ones, small after folding. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', ғ: 'f', һ: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm' },
  ...{ н: 'h', о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', и: 'u', ц: 'u', ѵ: 'v', ԝ: 'w', х: 'x', у: 'y', ʏ: 'y' },
  ...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', ω: 'w' },
  ...{ ı: 'i', ɡ: 'g', ɩ: 'i', ո: 'n', օ: 'o', ս: 'u', ꜱ: 's', ɴ: 'n', ʀ: 'r', ɢ: 'g', ᴏ: 'o', ᴇ: 'e', ᴛ: 't' },
};
const digitsForLetters: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i', '|': 'l' },
};

/** Letters set apart by one sign each: `i g n o r e`, `i.g.n.o.r.e`. */
const lettersApart = /(?<![\p{L}\p{N}])(?:\p{L}[ .*_·-]){3,40}\p{L}(?![\p{L}\p{N}])/gu;
const base64Run = /[A-Za-z0-9+/_-]{16,4096}={0,2}/g;
const hexRun = /(?:[0-9a-fA-F]{2}[ :]?){12,2048}/g;
/** Runs that are decoded in one text: more is no message. */
const maxRunCount = 20;

/** A text as it may be meant: as it stands, in plain Latin letters, and decoded in the ways that people hide texts in. All small. */
export function readingsOf(text: string): readonly string[] {
  const plain = fold(text);
  const decoded = [...decodedRuns(text, base64Run, decodeBase64), ...decodedRuns(text, hexRun, decodeHex)].map(fold);
  const unescaped = unescape(text);
  return [
    plain,
    ...(unescaped === text ? [] : [fold(unescaped)]),
    plain.replace(lettersApart, (found) => found.replace(/[ .*_·-]/g, '')).replace(/\s{2,}/g, ' '),
    plain.replace(/[013457@$!|]/g, (sign) => digitsForLetters[sign] ?? sign),
    plain.replace(/[a-z]/g, rotate),
    [...plain].toReversed().join(''),
    ...decoded,
  ];
}

function fold(text: string): string {
  return [...withoutHidden(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((letter) => lookAlikes[letter] ?? letter)
    .join('')
    .replace(/[\s_]+/g, ' ');
}

function rotate(letter: string): string {
  return String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97);
}

/** Percent signs, `\uXXXX`, `\n` and entities of HTML. */
function unescape(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (found) =>
      utf8((found.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16)))
    )
    .replace(/\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/\\+x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/\\+[nrt]/g, ' ')
    .replace(/\\+"/g, '"')
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, digits: string) => String.fromCodePoint(parseInt(digits, 16)))
    .replace(/&#(\d{1,6});/g, (_, digits: string) => String.fromCodePoint(Math.min(Number(digits), 0x10_ffff)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"');
}

function decodedRuns(text: string, run: RegExp, decode: (text: string) => string): readonly string[] {
  return [...text.matchAll(run)]
    .slice(0, maxRunCount)
    .map(([found]) => decode(found))
    .filter((decoded) => isReadable(decoded));
}

function isReadable(text: string): boolean {
  const readable = text.match(/[\p{L}\p{N}\p{P}\p{S} \n]/gu)?.length ?? 0;
  return text.length >= 8 && readable >= text.length * 0.9 && /[ {"]/.test(text);
}

const base64Signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let bitCount = 0;
  for (const sign of text.replace(/[=]+$/, '').replaceAll('-', '+').replaceAll('_', '/')) {
    bits = ((bits << 6) | base64Signs.indexOf(sign)) & 0xff_ffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes.push((bits >> bitCount) & 0xff);
    }
  }
  return utf8(bytes);
}

function decodeHex(text: string): string {
  return utf8((text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16)));
}

function utf8(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}
