import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'lhk_';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 30 characters of 62 are 178 bits: a hash without salt or stretching cannot be searched. */
const secretLength = 30;
/** 62^6 is more than 2^32: room for a CRC-32. */
const checksumLength = 6;
const shape = new RegExp(`^${prefix}([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`);
const shownLength = prefix.length + 4;

/** A new key with what is kept of it. */
export interface GeneratedKey {
  /** The key itself: `lhk_`, 30 random characters, and 6 of their checksum. */
  readonly text: string;
  readonly hash: string;
  readonly prefix: string;
  readonly lastFour: string;
}

/** Makes a key of the operating system's randomness. */
export function generateKey(): GeneratedKey {
  const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const text = `${prefix}${secret}${checksumOf(secret)}`;
  return { text, hash: hashKey(text), prefix: text.slice(0, shownLength), lastFour: text.slice(-4) };
}

/** Whether a text may be a key: its shape and checksum are right. Tells misspelt keys from unknown ones without asking anybody. */
export function isKeyShaped(text: string): boolean {
  const [, secret, checksum] = shape.exec(text) ?? [];
  return secret !== undefined && checksum === checksumOf(secret);
}

/** Whether a text says of itself that it is a key. */
export function hasKeyPrefix(text: string): boolean {
  return text.startsWith(prefix);
}

/** SHA-256 of the whole key, 64 hexadecimal digits. */
export function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksumOf(secret: string): string {
  let rest = crc32(secret);
  let text = '';
  while (text.length < checksumLength) {
    text = `${alphabet[rest % alphabet.length]}${text}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
