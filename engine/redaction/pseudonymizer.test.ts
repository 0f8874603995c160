import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrivateLines } from '../testing/private-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createPseudonymizer, restore } from './pseudonymizer.ts';
import type { TenantRule } from './tenant-rule.ts';

test('the same value gets the same pseudonym in all texts of a request', () => {
  const pseudonymizer = createPseudonymizer();
  expect(pseudonymizer.pseudonymize('10.0.0.7 to 10.0.0.8 by bob@example.com')).toBe('<ip-1> to <ip-2> by <email-1>');
  expect(pseudonymizer.pseudonymize('eve@example.com at 10.0.0.8')).toBe('<email-2> at <ip-2>');
});

test('requests know nothing of each other', () => {
  createPseudonymizer().pseudonymize('10.0.0.7');
  expect(createPseudonymizer().pseudonymize('10.0.0.8')).toBe('<ip-1>');
});

test('an answer gets its values back', () => {
  const pseudonymizer = createPseudonymizer();
  pseudonymizer.pseudonymize('from 10.0.0.7 with password=hunter2x');
  expect(restore('Block <ip-1>; rotate <secret-1>. <ip-2> and <ip> are unknown.', pseudonymizer.mapping)).toBe(
    'Block 10.0.0.7; rotate hunter2x. <ip-2> and <ip> are unknown.'
  );
});

test('a written pseudonym is never filled with the value of another', () => {
  const pseudonymizer = createPseudonymizer();
  const shown = pseudonymizer.pseudonymize('password=hunter2x, and the attacker wrote <secret-1> and <text-1>');
  expect(shown).toBe('password=<secret-1>, and the attacker wrote <text-1> and <text-2>');
  expect(restore('The attacker wrote <text-1> and <text-2>.', pseudonymizer.mapping)).toBe(
    'The attacker wrote <secret-1> and <text-1>.'
  );
});

test('a later text cannot name a pseudonym of an earlier one', () => {
  const pseudonymizer = createPseudonymizer();
  pseudonymizer.pseudonymize('10.0.0.7');
  const later = pseudonymizer.pseudonymize('see <ip-1>');
  expect(later).toBe('see <text-1>');
  expect(restore(later, pseudonymizer.mapping)).toBe('see <ip-1>');
});

test('counts and whole lines are reported', () => {
  const report = createPseudonymizer().pseudonymizeWithReport('10.0.0.7\n<ip-1> a@b.example');
  expect(report).toEqual({ text: '<ip-1>\n<text-1> <email-1>', counts: { email: 1, ipv4: 1 }, hasWholeLines: true });
});

test('all private lines come back', () => {
  const pseudonymizer = createPseudonymizer();
  for (const { text } of createPrivateLines(1000, createSeededRandom(5))) {
    expect(restore(pseudonymizer.pseudonymize(text), pseudonymizer.mapping)).toBe(text);
  }
});

const piece = fc.oneof(
  fc.constantFrom(
    '<ip-1>',
    '<text-1>',
    '<own-word-1>',
    '<',
    '>',
    '-1>',
    '<ip-',
    '10.0.0.7',
    'bob@example.com',
    'password=',
    'hunter2x',
    'word',
    ' ',
    '\n',
    '=',
    '/home/bob',
    '%40',
    '\\n',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'CUST-1234',
    '１０.０.０.７',
    'cGFzc3dvcmQ9aHVudGVyMjIy'
  ),
  fc.string({ maxLength: 5, unit: 'binary' })
);
const texts = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
const rules: readonly TenantRule[] = [
  { name: 'word', form: 'expression', pattern: 'w[a-z]+|text' },
  { name: 'reach', form: 'expression', pattern: 'CUST.*d' },
];

test('restoring what was pseudonymized gives the text, for all texts of a request', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), fc.constantFrom([], rules), (all, tenantRules) => {
      const pseudonymizer = createPseudonymizer({ tenantRules });
      const shown = all.map((text) => pseudonymizer.pseudonymize(text));
      expect(shown.map((text) => restore(text, pseudonymizer.mapping))).toEqual(all);
    }),
    { numRuns: 5000 }
  );
});
