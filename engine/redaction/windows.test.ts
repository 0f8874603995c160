import { describe, expect, test } from 'vitest';
import { base64Of } from '../testing/private-values.ts';
import { redact } from './redact.ts';

// Made-up values; put together here so that scanners of this repository stay quiet.
const body = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(40);
const secrets: ReadonlyArray<readonly [string, before: string, secret: string, after: string]> = [
  ['AWS key', '', `AKIA${'QW2ERT7YUI4OPAS3'}`, ''],
  ['GitHub token', '', `ghp_${body.slice(0, 36)}`, ''],
  ['address', '', 'bob.smith@shop.example.com', ''],
  ['card', '', '4111 1111 1111 1111', ''],
  ['JWT', '', `eyJ${body.slice(0, 30)}.eyJ${body.slice(0, 600)}.${body.slice(0, 43)}`, ''],
  ['password in JSON', '"password":"', 'correct horse battery staple', '"'],
  ['escaped password', String.raw`\"password\":\"`, 'hunter2hunter2', String.raw`\"`],
  ['bare password', 'password=', 'hunter2hunter2', '&'],
  ['option', '--password ', 'hunter2hunter2', ' '],
  ['header', '"authorization":"Bearer ', body.slice(0, 60), '"'],
  ['base64', '', base64Of('{"user":"bob","password":"hunter2hunter2"}', false), ''],
];
const fillers: ReadonlyArray<readonly [string, unit: string, before: string, after: string]> = [
  ['compact JSON', '{"ab":1},', '{"v":"', '"},'],
  ['JSON within a string', String.raw`\"ab\":1,`, ',', ','],
  ['no separator at all', '!', '', ''],
  ['characters outside ASCII', 'ü', '', ''],
  ['blanks', 'word ', ' ', ' '],
];
const windowEnds: ReadonlyArray<readonly [end: number, step: number]> = [
  [8192, 1],
  [8192 + 6144, 7],
];

describe.each(fillers)('in %s', (_filler, unit, open, close) => {
  test.each(secrets)('nothing of a secret is left, wherever a window ends: %s', (_form, before, secret, after) => {
    const value = `${before}${secret}${after}`;
    for (const [windowEnd, least] of windowEnds) {
      for (let shift = -2; shift <= value.length + 2; shift += value.length > 200 ? 31 : least) {
        const lead = unit.repeat(windowEnd).slice(0, windowEnd - open.length - shift);
        const redacted = redact(`${lead}${open}${value}${close}${unit.repeat(20)}`);
        expect(piecesOf(secret).filter((piece) => redacted.includes(piece))).toEqual([]);
        expect(redacted.startsWith(lead.slice(0, 8000 - value.length))).toBe(true);
      }
    }
  });
});

/** Stretches of six characters: none of them stands in a filler. */
function piecesOf(secret: string): readonly string[] {
  return Array.from({ length: secret.length - 5 }, (_, at) => secret.slice(at, at + 6));
}

test('a token that no window holds goes as a whole, and only it', () => {
  const payload = body.repeat(5);
  for (const at of [0, 3000, 7000, 8180]) {
    const line = `${'-,'.repeat(at / 2)}eyJ${body.slice(0, 30)}.eyJ${payload}.${body.slice(0, 43)},next=1,`;
    expect(redact(line)).toBe(`${'-,'.repeat(at / 2)}<secret>,next=1,`);
  }
});

test.each(['ab', 'a,', '4111', 'eyJ', 'x1-', '"k":1,', 'üb'])('a long text of %s stays as it is', (unit) => {
  const text = unit.repeat(30_000 / unit.length);
  expect(redact(text)).toBe(text);
});
