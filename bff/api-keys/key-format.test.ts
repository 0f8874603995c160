import { expect, test } from 'vitest';
import { generateKey, hashKey, hasKeyPrefix, isKeyShaped } from './key-format.ts';

const { text } = generateKey();

test('a key is its prefix, 30 random characters and their checksum; only its hash and ends are kept', () => {
  const key = generateKey();
  expect(key.text).toMatch(/^lhk_[0-9A-Za-z]{36}$/);
  expect(key).toEqual({
    text: key.text,
    hash: hashKey(key.text),
    prefix: key.text.slice(0, 8),
    lastFour: key.text.slice(-4),
  });
  expect(key.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(isKeyShaped(key.text)).toBe(true);
});

test('no two keys are equal, and every character of the alphabet comes about equally often', () => {
  const keys = Array.from({ length: 2000 }, () => generateKey().text);
  expect(new Set(keys).size).toBe(2000);
  const counts = new Map<string, number>();
  for (const character of keys.flatMap((key) => [...key.slice(4, 34)])) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  // 60,000 draws of 62: 968 each; seven standard deviations are 216.
  expect(Math.max(...counts.values())).toBeLessThan(968 + 216);
  expect(Math.min(...counts.values())).toBeGreaterThan(968 - 216);
});

test('every misspelling of one character is noticed by the checksum', () => {
  for (let place = 4; place < text.length; place += 1) {
    const other = text[place] === 'a' ? 'b' : 'a';
    expect(isKeyShaped(text.slice(0, place) + other + text.slice(place + 1))).toBe(false);
  }
});

test.each([
  ['lower case', text.toLowerCase()],
  ['a blank', `${text} `],
  ['too short', text.slice(0, -1)],
  ['none', ''],
])('a key that is wrong by %s is none', (_, wrong) => {
  expect(isKeyShaped(wrong) && wrong !== text).toBe(false);
});

test('the checksum of a known key is what it was: keys stay valid over releases', () => {
  expect(isKeyShaped(`lhk_${'0'.repeat(30)}${knownChecksum}`)).toBe(true);
  expect(hasKeyPrefix('lhk_x')).toBe(true);
  expect(hasKeyPrefix('a shared secret')).toBe(false);
});

/** CRC-32 of thirty zeros, by another program, in base 62. */
const knownChecksum = '2C8GjS';
