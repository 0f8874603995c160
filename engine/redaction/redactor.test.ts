import { expect, test } from 'vitest';
import { createRedactor, firstEntryState, redact, type EntryState } from './redact.ts';
import { RedactionRuleError } from './errors.ts';
import { checkTenantRule, previewRule, type TenantRule } from './tenant-rule.ts';

const customer: TenantRule = { name: 'customer', form: 'expression', pattern: 'CUST-[0-9]{4,8}' };
const project: TenantRule = { name: 'project-name', form: 'literal', pattern: 'Blue Heron', ignoresCase: true };

test('rules of a tenant replace by their name', () => {
  const redactor = createRedactor({ tenantRules: [customer, project] });
  expect(redactor.redactWithReport('CUST-12345 of BLUE heron from 10.0.0.7')).toEqual({
    text: '<own-customer> of <own-project-name> from <ip>',
    counts: { 'own-customer': 1, 'own-project-name': 1, ipv4: 1 },
    hasWholeLines: false,
  });
});

test('a rule that takes a whole line says so', () => {
  const redactor = createRedactor({ tenantRules: [{ name: 'all', form: 'expression', pattern: '.+' }] });
  expect(redactor.redactWithReport('one 10.0.0.7\ntwo')).toMatchObject({
    text: '<own-all>\n<own-all>',
    hasWholeLines: true,
  });
});

test('a rule whose matches uncover others ends in whole lines, which it reports', () => {
  const redactor = createRedactor({ tenantRules: [{ name: 'chain', form: 'expression', pattern: String.raw`\bfoo` }] });
  const report = redactor.redactWithReport(`a ${'foo'.repeat(30)} b`);
  expect(report).toMatchObject({ text: '<own-chain>', hasWholeLines: true });
  expect(redactor.redact(report.text)).toBe(report.text);
});

test('rules of a tenant leave placeholders whole', () => {
  const redactor = createRedactor({ tenantRules: [{ name: 'word', form: 'expression', pattern: '[a-z]+>?' }] });
  expect(redactor.redact('10.0.0.7 <secret>')).toBe('<ip> <secret>');
});

test('rules of a tenant see what is base64-encoded', () => {
  // "customer CUST-1234567"
  const encoded = 'Y3VzdG9tZXIgQ1VTVC0xMjM0NTY3';
  expect(createRedactor({ tenantRules: [customer] }).redact(`got ${encoded} .`)).toBe('got <secret> .');
});

test.each<[string, Partial<TenantRule>]>([
  ['an empty pattern', { pattern: '' }],
  ['a pattern of 501 characters', { pattern: 'a'.repeat(501) }],
  ['a pattern that matches nothing', { pattern: 'a*' }],
  ['a pattern of anchors', { pattern: '^|$' }],
  ['a pattern of a word border', { pattern: String.raw`\b` }],
  ['a pattern that is not closed', { pattern: '(a' }],
  ['a look-ahead, which RE2 does not have', { pattern: 'a(?=b)' }],
  ['a back-reference, which RE2 does not have', { pattern: String.raw`(a)\1` }],
  ['a pattern that becomes too large', { pattern: String.raw`\pL{1000}`.repeat(50) }],
  ['a name in capitals', { name: 'Customer' }],
  ['a name with a number', { name: 'customer-1' }],
  ['a name of 41 characters', { name: 'a'.repeat(41) }],
  ['an empty name', { name: '' }],
  ['a literal of two characters', { form: 'literal', pattern: 'ab' }],
])('%s is refused', (_what, change) => {
  const rule = { ...customer, ...change };
  expect(checkTenantRule(rule).kind).toBe('refused');
  expect(() => createRedactor({ tenantRules: [rule] })).toThrow(RedactionRuleError);
  expect(() => previewRule(rule, [])).toThrow(RedactionRuleError);
});

test('two rules of one name, and 51 rules, are refused', () => {
  expect(() => createRedactor({ tenantRules: [customer, customer] })).toThrow(RedactionRuleError);
  const names = Array.from(
    { length: 51 },
    (_, index) => `r${'abcdefghij'.charAt(index % 10)}${'abcdefghij'.charAt(index / 10)}`
  );
  expect(() => createRedactor({ tenantRules: names.map((name) => ({ ...customer, name })) })).toThrow(
    RedactionRuleError
  );
});

test('a rule survives being stored', () => {
  const stored: TenantRule = JSON.parse(JSON.stringify(project));
  expect(checkTenantRule(stored)).toEqual({ kind: 'usable' });
  expect(createRedactor({ tenantRules: [stored] }).redact('blue heron')).toBe('<own-project-name>');
});

test('a preview shows the places in real lines', () => {
  expect(previewRule(customer, ['none', 'a CUST-1234 b CUST-99999', 'CUST-1'])).toEqual([
    {
      lineIndex: 1,
      ranges: [
        { start: 2, end: 11 },
        { start: 14, end: 24 },
      ],
    },
  ]);
});

const body = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9j';

function redactEntries(entries: readonly string[]): readonly string[] {
  const redactor = createRedactor();
  let state: EntryState = firstEntryState;
  return entries.map((entry) => {
    const report = redactor.redactEntry(entry, state);
    state = report.state;
    return report.text;
  });
}

test('a private key whose lines are entries of their own goes', () => {
  const entries = [
    'loaded -----BEGIN RSA PRIVATE KEY-----',
    'Proc-Type: 4,ENCRYPTED',
    '',
    body,
    body,
    'aB3dE6==',
    '-----END RSA PRIVATE KEY----- ok',
    'next line',
  ];
  expect(redactEntries(entries)).toEqual([
    'loaded <private-key>',
    '<private-key>',
    '',
    '<private-key>',
    '<private-key>',
    '<private-key>',
    '<private-key> ok',
    'next line',
  ]);
});

test('a key block that breaks off takes nothing of what follows', () => {
  expect(redactEntries(['-----BEGIN PRIVATE KEY-----', body, 'started in 5 ms', body])).toEqual([
    '<private-key>',
    '<private-key>',
    'started in 5 ms',
    body,
  ]);
  expect(redactEntries(['-----BEGIN PRIVATE KEY-----', 'short', 'done'])).toEqual([
    '<private-key>',
    '<private-key>',
    'done',
  ]);
});

test('a mention of a private key takes no prose', () => {
  expect(redact('found -----BEGIN PRIVATE KEY----- in file\nnext line of words')).toBe(
    'found <private-key> in file\nnext line of words'
  );
});

test('ends far away are of another block', () => {
  const text = `-----BEGIN PRIVATE KEY-----\n${body}\n${'plain words here\n'.repeat(3000)}-----END PRIVATE KEY-----`;
  expect(redact(text)).toContain('plain words here');
});

test.each([
  ['percent-encoded key and value', 'GET /a?next=%3Fpassword%3Dhunter2x 200', 'GET /a?next=%3Fpassword%3D<secret> 200'],
  ['twice percent-encoded', 'GET /a?x=bob%2540shop.example 200', 'GET /a?x=<email> 200'],
  ['base64 with a password in it', 'body eyJwYXNzd29yZCI6Imh1bnRlcjIifQ== end', 'body <secret> end'],
  ['base64 behind a path', 'GET /x/cGFzc3dvcmQ9aHVudGVyMjIy end', 'GET /x/<secret> end'],
  ['JSON escapes', String.raw`{"m":"bob\u0040shop.example"}`, '{"m":"<email>"}'],
  [
    'JSON in JSON in JSON',
    String.raw`{"a":"{\"b\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}`,
    String.raw`{"a":"{\"b\":\"{\\\"password\\\":\\\"<secret>\\\"}\"}"}`,
  ],
  ['HTML escapes', '&quot;password&quot;:&quot;hunter2&quot;', '&quot;password&quot;:&quot;<secret>&quot;'],
  ['full-width digits', 'from １０.０.０.７ now', 'from <ip> now'],
  ['Arabic digits', 'from ١٠.٠.٠.٧ now', 'from <ip> now'],
  ['zero-width characters', 'mail bob\u200b@shop.example now', 'mail <email> now'],
  ['keys in capitals', 'DB_PASSWORD=HUNTER2X', 'DB_PASSWORD=<secret>'],
  ['a value on the next line', 'password:\nhunter2x', 'password:\n<secret>'],
  [
    'a stack trace',
    'java.sql.SQLException: jdbc:x://app:hunter2x@db\n\tat a.b.C(C.java:7)',
    'java.sql.SQLException: jdbc:x://app:<secret>@db\n\tat a.b.C(C.java:7)',
  ],
])('%s: nothing is left', (_form, line, redacted) => {
  expect(redact(line)).toBe(redacted);
});

test.each([
  'GET /a%20b?q=100%25 200',
  'C:\\new\\temp\\users.txt',
  'aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=',
  'über 日本語 ログ １２３',
  'a\nb\nc',
])('%s stays', (line) => {
  expect(redact(line)).toBe(line);
});
