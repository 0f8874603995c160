import { describe, expect, test } from 'vitest';
import { redact, redactionRules, redactWithReport } from './redact.ts';

// Made-up values of the vendors' formats. They are put together here so that scanners of this repository stay quiet.
const hex = (length: number) => '0f3a9c1e7b5d2468'.repeat(8).slice(0, length);
const mixed = (length: number) => 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(12).slice(0, length);
const upper = (length: number) => 'QW2ERT7YUI4OPAS3DFGH5JKLZ6XCVBNM'.repeat(3).slice(0, length);

const credentials: ReadonlyArray<readonly [string, string]> = [
  ['JWT', `eyJ${mixed(30)}.eyJ${mixed(60)}.${mixed(43)}`],
  ['AWS access key', `AKIA${upper(16)}`],
  ['AWS temporary key', `ASIA${upper(16)}`],
  ['Alibaba', `LTAI${mixed(20)}`],
  ['Tencent', `AKID${mixed(32)}`],
  ['Google API key', `AIza${mixed(35)}`],
  ['Google access token', `ya29.${mixed(60)}`],
  ['Google client secret', `GOCSPX-${mixed(28)}`],
  ['GitHub', `ghp_${mixed(36)}`],
  ['GitHub server', `ghs_${mixed(36)}`],
  ['GitHub fine-grained', `github_pat_${mixed(82)}`],
  ['GitLab', `glpat-${mixed(20)}`],
  ['GitLab runner', `glrt-${mixed(20)}`],
  ['Slack bot', `xoxb-${hex(12)}-${mixed(24)}`],
  ['Slack app', `xapp-1-${upper(11)}-${hex(40)}`],
  ['Stripe', `sk_live_${mixed(24)}`],
  ['Stripe webhook', `whsec_${mixed(32)}`],
  ['OpenAI', `sk-proj-${mixed(48)}`],
  ['Anthropic', `sk-ant-api03-${mixed(95)}`],
  ['Hugging Face', `hf_${mixed(34)}`],
  ['npm', `npm_${mixed(36)}`],
  ['PyPI', `pypi-AgEIcHlwaS5vcmc${mixed(60)}`],
  ['RubyGems', `rubygems_${hex(48)}`],
  ['cargo', `cio${mixed(32)}`],
  ['NuGet', `oy2${hex(43)}`],
  ['Docker Hub', `dckr_pat_${mixed(27)}`],
  ['SendGrid', `SG.${mixed(22)}.${mixed(43)}`],
  ['Twilio', `SK${hex(32)}`],
  ['Mailgun', `key-${hex(32)}`],
  ['Mailchimp', `${hex(32)}-us12`],
  ['Brevo', `xkeysib-${hex(64)}-${mixed(16)}`],
  ['DigitalOcean', `dop_v1_${hex(64)}`],
  ['Shopify', `shpat_${hex(32)}`],
  ['Square', `sq0atp-${mixed(22)}`],
  ['Facebook', `EAA${mixed(120)}`],
  ['Databricks', `dapi${hex(32)}`],
  ['Grafana', `glsa_${mixed(32)}_${hex(8)}`],
  ['Vault', `hvs.${mixed(90)}`],
  ['Terraform', `${mixed(14)}.atlasv1.${mixed(64)}`],
  ['Azure client secret', `aB38Q~${mixed(34)}`],
  ['Telegram', `123456789:AA${mixed(33)}`],
  ['Linear', `lin_api_${mixed(40)}`],
  ['Notion', `secret_${mixed(43)}`],
  ['Airtable', `pat${mixed(14)}.${hex(64)}`],
  ['Doppler', `dp.pt.${mixed(43)}`],
  ['PlanetScale', `pscale_tkn_${mixed(43)}`],
  ['Postman', `PMAK-${hex(24)}-${hex(34)}`],
  ['New Relic', `NRAK-${upper(27)}`],
  ['Sentry', `sntrys_${mixed(60)}`],
  ['Atlassian', `ATATT3${mixed(180)}`],
  ['Heroku', `HRKU-${hex(36)}`],
  ['Dynatrace', `dt0c01.${upper(24)}.${upper(64)}`],
  ['Supabase', `sbp_${hex(40)}`],
  ['Pulumi', `pul-${hex(40)}`],
  ['Contentful', `CFPAT-${mixed(43)}`],
  ['Figma', `figd_${mixed(40)}`],
  ['Artifactory', `AKCp5${mixed(68)}`],
  ['age', `AGE-SECRET-KEY-1${upper(58)}`],
];

describe('credentials go by their format', () => {
  test.each(credentials)('%s', (_vendor, secret) => {
    const line = `2026-11-21 INFO calling with ${secret}, retry 3`;
    expect(redact(line)).toBe('2026-11-21 INFO calling with <secret>, retry 3');
  });
});

describe('secrets go by what stands before them', () => {
  test.each([
    ['password=hunter2 user=bob', 'password=<secret> user=bob'],
    ['db_password: "s3cr3t!" ok', 'db_password: "<secret>" ok'],
    ['{"user":"bob","password":"correct horse"}', '{"user":"bob","password":"<secret>"}'],
    ['{\\"password\\":\\"hunter2\\"}', '{\\"password\\":\\"<secret>\\"}'],
    ['DB_PASSWD=Tr0ub4dor', 'DB_PASSWD=<secret>'],
    ['{"api_key": "a1b2c3d4e5"}', '{"api_key": "<secret>"}'],
    ['X-Api-Key: 9f8e7d6c5b4a', 'X-Api-Key: <secret>'],
    ['GET /pay?access_token=ab12cd34ef&x=1', 'GET /pay?access_token=<secret>&x=1'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer <secret>'],
    ['{"authorization":"Basic Ym9iOmh1bnRlcjI="}', '{"authorization":"Basic <secret>"}'],
    ['postgres://app:hunter2@db:5432/shop', 'postgres://app:<secret>@db:5432/shop'],
    ['AccountKey=' + mixed(86) + '==;x', 'AccountKey=<secret>;x'],
    ['Cookie: JSESSIONID=1A2B3C4D5E6F; lang=en', 'Cookie: JSESSIONID=<secret>; lang=en'],
    ['run --password hunter2 --port 80', 'run --password <secret> --port 80'],
    ['https://hooks.slack.com/services/T000/B000/abcdEFGH1234', 'https://hooks.slack.com/services/<secret>'],
    ["secret => 'abc123def456'", "secret => '<secret>'"],
  ])('%s', (line, redacted) => {
    expect(redact(line)).toBe(redacted);
  });
});

describe('personal data goes', () => {
  test.each([
    ['mail to bob.smith+x@shop.example.com failed', 'mail to <email> failed'],
    ['/reset?mail=bob%40example.com', '/reset?mail=<email>'],
    ['from 10.0.0.7:443 to 192.168.1.1', 'from <ip>:443 to <ip>'],
    ['peer 2001:db8::ff00:42:8329 up', 'peer <ip> up'],
    ['peer [fe80::1]:80', 'peer [<ip>]:80'],
    ['mac 00:1B:44:11:3A:B7', 'mac <mac>'],
    ['card 4111 1111 1111 1111 declined', 'card <card> declined'],
    ['card 378282246310005', 'card <card>'],
    ['iban DE89 3704 0044 0532 0130 00.', 'iban <iban>.'],
    ['GB82WEST12345698765432', '<iban>'],
    ['call +49 170 1234567 now', 'call <phone> now'],
    ['call (415) 555-0132', 'call <phone>'],
    ['phone=01701234567', 'phone=<phone>'],
    ['ssn 078-05-1120', 'ssn <ssn>'],
    ['open /home/bob/.ssh/config', 'open /home/<user>/.ssh/config'],
    ['open C:\\Users\\bob\\x', 'open C:\\Users\\<user>\\x'],
    ['cpf 529.982.247-25 ok', 'cpf <personal-id> ok'],
    ['passport_no: C01X00T47', 'passport_no: <personal-id>'],
    ['{"lastName":"O\'Neil Smith","dob":"1980-02-03"}', '{"lastName":"<person>","dob":"<birth-date>"}'],
    ['first_name=Zoë age=3', 'first_name=<person> age=3'],
    ['longitude: -122.41942', 'longitude: <location>'],
  ])('%s', (line, redacted) => {
    expect(redact(line)).toBe(redacted);
  });
});

describe('look-alikes stay', () => {
  test.each([
    '2026-11-21T03:00:00.123456789Z took 1760000000000000000 ns',
    'order 4111111111111112 of 1760000000123',
    'blk_-1608999687919862906 size 67108864',
    'token: expected identifier',
    'password: required',
    'Failed password for root from port 22',
    'invalid token=null secret=undefined',
    'password=*** token=[redacted]',
    'std::vec::Vec a::b 12:30:45 at line 3:14',
    'version 1.2.3 of lib-2.0.1',
    'commit 0f3a9c1e7b5d24680f3a9c1e7b5d24680f3a9c1e',
    'id 550e8400-e29b-41d4-a716-446655440000',
    'sessionid: 0x14ede63a5a70002',
    'range 2026-11-20..2026-11-21, +0100, UTC+2',
    'PWD=/srv/app ; USER=root',
    'user@host joined, see a@b',
    'signature mismatch, key=orders',
    '[Find contacts Complete][ContactsId: 415d1665-fbb2-4ec9-83f5-5ebe51dc1825]',
    'started getty@tty1.service',
    `use ${'ghp_'}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx or AKIA${'X'.repeat(16)}`,
    'password=\nurl=jdbc:h2:mem',
    '<UserSecretsId>79a3edd0-2092-40a2-a04d-dcb46d5ca9ed</UserSecretsId>',
    'tax rate 123.456.789-00, first_name=null, lat=high',
  ])('%s', (line) => {
    expect(redact(line)).toBe(line);
  });
});

describe('private keys', () => {
  const key = (type: string) =>
    `-----BEGIN ${type}PRIVATE KEY-----\n${mixed(64)}\n${mixed(40)}==\n-----END ${type}PRIVATE KEY-----`;

  test('a block over several lines goes as one', () => {
    expect(redact(`key:\n${key('RSA ')}\nnext`)).toBe('key:\n<private-key>\nnext');
  });

  test('a block with escaped newlines goes', () => {
    expect(redact(JSON.stringify({ key: key('') }))).toBe('{"key":"<private-key>"}');
  });

  test('a block without an end goes up to where its body ends', () => {
    expect(redact(`x -----BEGIN PRIVATE KEY-----\n${mixed(64)}`)).toBe('x <private-key>');
  });
});

test('counts are given by rule', () => {
  expect(redactWithReport('a@b.example c@d.example 10.0.0.1').counts).toEqual({ email: 2, ipv4: 1 });
});

test('secrets at the border of a window go too', () => {
  const filler = 'word '.repeat(1637);
  for (let shift = 0; shift < 40; shift += 1) {
    const line = `${filler}${'x'.repeat(shift)} password=hunter2hunter2 end ${filler}`;
    expect(redact(line)).not.toContain('hunter2');
  }
});

test('names of rules are unique', () => {
  const names = redactionRules.map((rule) => rule.name);
  expect(new Set(names).size).toBe(names.length);
});
