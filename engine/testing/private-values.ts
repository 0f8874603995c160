// Made-up secrets and personal data in the formats that vendors and standards document; put together from parts, so that
// scanners of this repository stay quiet.
import type { SeededRandom } from './seeded-random.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphanumeric = lower + lower.toUpperCase() + digits;
const urlSafe = `${alphanumeric}-_`;
const upperDigits = lower.toUpperCase() + digits;

/** Random text over an alphabet. */
export function textOf(random: SeededRandom, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join('');
}

function wordy(random: SeededRandom, length: number): string {
  return textOf(random, alphanumeric, length);
}

function safe(random: SeededRandom, length: number): string {
  // Vendors' random parts start and end with a letter or digit in nearly all tokens; a dash at the end is cut by writers.
  return `${wordy(random, 1)}${textOf(random, urlSafe, length - 2)}${wordy(random, 1)}`;
}

function number(random: SeededRandom, length: number): string {
  return `${1 + random.below(9)}${textOf(random, digits, length - 1)}`;
}

function uuid(random: SeededRandom): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}

/** Base64 of ASCII text (RFC 4648). */
export function base64Of(text: string, isUrlSafe = false): string {
  const alphabet = lower.toUpperCase() + lower + digits + (isUrlSafe ? '-_' : '+/');
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const [first = 0, second = 0, third = 0] = [0, 1, 2].map((offset) => text.charCodeAt(at + offset) || 0);
    const bits = (first << 16) | (second << 8) | third;
    const known = Math.min(3, text.length - at) + 1;
    const group = [18, 12, 6, 0].map((shift) => alphabet.charAt((bits >> shift) & 63)).join('');
    encoded += group.slice(0, known) + (isUrlSafe ? '' : '='.repeat(4 - known));
  }
  return encoded;
}

function jwt(random: SeededRandom): string {
  const header = base64Of('{"alg":"RS256","typ":"JWT"}', true);
  const claims = base64Of(`{"sub":"${number(random, 10)}","iat":${number(random, 10)}}`, true);
  return `${header}.${claims}.${safe(random, 86)}`;
}

/** Self-evident credentials by kind: a format that tells them anywhere. */
export const credentialKinds: Readonly<Record<string, (random: SeededRandom) => string>> = {
  jwt,
  'aws-access-key': (random) => `AKIA${textOf(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  'aws-temporary-key': (random) => `ASIA${textOf(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  'alibaba-key': (random) => `LTAI5t${wordy(random, 18)}`,
  'google-api-key': (random) => `AIza${safe(random, 35)}`,
  'google-access-token': (random) => `ya29.a0${safe(random, 150)}`,
  'google-refresh-token': (random) => `1//0${safe(random, 60)}`,
  'google-client-secret': (random) => `GOCSPX-${safe(random, 28)}`,
  'github-token': (random) => `gh${random.pick(['p', 'o', 'u', 's', 'r'])}_${wordy(random, 36)}`,
  'github-fine-grained': (random) => `github_pat_${wordy(random, 22)}_${wordy(random, 59)}`,
  'gitlab-token': (random) => `glpat-${safe(random, 20)}`,
  'slack-bot': (random) => `xoxb-${number(random, 12)}-${number(random, 13)}-${wordy(random, 24)}`,
  'slack-user': (random) => `xoxp-${number(random, 12)}-${number(random, 12)}-${number(random, 13)}-${random.hex(32)}`,
  'stripe-key': (random) => `${random.pick(['sk', 'rk'])}_live_${wordy(random, random.pick([24, 99]))}`,
  'stripe-webhook': (random) => `whsec_${wordy(random, 32)}`,
  'openai-key': (random) => `sk-proj-${safe(random, 48)}T3BlbkFJ${safe(random, 48)}`,
  'anthropic-key': (random) => `sk-ant-api03-${safe(random, 93)}AA`,
  'hugging-face': (random) => `hf_${textOf(random, lower + lower.toUpperCase(), 34)}`,
  'npm-token': (random) => `npm_${wordy(random, 36)}`,
  'pypi-token': (random) => `pypi-AgEIcHlwaS5vcmc${safe(random, 90)}`,
  rubygems: (random) => `rubygems_${random.hex(48)}`,
  'docker-hub': (random) => `dckr_pat_${safe(random, 27)}`,
  sendgrid: (random) => `SG.${safe(random, 22)}.${safe(random, 43)}`,
  mailgun: (random) => `key-${random.hex(32)}`,
  mailchimp: (random) => `${random.hex(32)}-us${1 + random.below(20)}`,
  brevo: (random) => `xkeysib-${random.hex(64)}-${wordy(random, 16)}`,
  digitalocean: (random) => `dop_v1_${random.hex(64)}`,
  shopify: (random) => `shpat_${random.hex(32)}`,
  databricks: (random) => `dapi${random.hex(32)}`,
  grafana: (random) => `glsa_${wordy(random, 32)}_${random.hex(8)}`,
  vault: (random) => `hvs.${safe(random, 90)}`,
  terraform: (random) => `${wordy(random, 14)}.atlasv1.${safe(random, 67)}`,
  'azure-client-secret': (random) => `${wordy(random, 3)}8Q~${safe(random, 34)}`,
  telegram: (random) => `${number(random, 10)}:AA${safe(random, 33)}`,
  linear: (random) => `lin_api_${wordy(random, 40)}`,
  notion: (random) => `ntn_${wordy(random, 46)}`,
  airtable: (random) => `pat${wordy(random, 14)}.${random.hex(64)}`,
  planetscale: (random) => `pscale_tkn_${safe(random, 43)}`,
  postman: (random) => `PMAK-${random.hex(24)}-${random.hex(34)}`,
  'new-relic': (random) => `NRAK-${textOf(random, upperDigits, 27)}`,
  'atlassian-token': (random) => `ATATT3xFfGF0${safe(random, 170)}=${textOf(random, upperDigits, 8)}`,
  dynatrace: (random) => `dt0c01.${textOf(random, upperDigits, 24)}.${textOf(random, upperDigits, 64)}`,
  'circleci-token': (random) => `CCIPAT_${wordy(random, 22)}_${random.hex(40)}`,
  openshift: (random) => `sha256~${safe(random, 43)}`,
  sonarqube: (random) => `squ_${random.hex(40)}`,
  tailscale: (random) => `tskey-auth-${wordy(random, 17)}CNTRL-${wordy(random, 32)}`,
  groq: (random) => `gsk_${wordy(random, 52)}`,
  replicate: (random) => `r8_${wordy(random, 37)}`,
  plaid: (random) => `access-production-${uuid(random)}`,
  bcrypt: (random) => `$2b$12$${textOf(random, `${alphanumeric}./`, 53)}`,
  'shadow-hash': (random) => `$6$${wordy(random, 16)}$${wordy(random, 86)}`,
};

function withLuhn(body: string): string {
  for (let check = 0; check < 10; check += 1) {
    const all = `${body}${check}`;
    const sum = [...all].reverse().reduce((total, digit, place) => {
      const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    if (sum % 10 === 0) {
      return all;
    }
  }
  return body;
}

function card(random: SeededRandom): string {
  const plain = withLuhn(`${random.pick(['4', '51', '55', '2221', '6011'])}${textOf(random, digits, 20)}`.slice(0, 15));
  const separator = random.pick(['', ' ', '-']);
  return plain.replace(/(\d{4})(?=\d)/g, `$1${separator}`);
}

function iban(random: SeededRandom): string {
  const [country, body] = random.pick([
    ['DE', number(random, 18)],
    ['GB', `WEST${number(random, 14)}`],
    ['NO', number(random, 11)],
    ['FR', number(random, 23)],
  ]);
  const value = [...`${body}${country}00`].map((character) => Number.parseInt(character, 36)).join('');
  const check = 98n - (BigInt(value) % 97n);
  const plain = `${country}${String(check).padStart(2, '0')}${body}`;
  return random.isChance(0.3) ? plain.replace(/(.{4})(?=.)/g, '$1 ') : plain;
}

/** Personal data by kind that tells itself anywhere. */
export const personalKinds: Readonly<Record<string, (random: SeededRandom) => string>> = {
  email: (random) =>
    `${textOf(random, lower, 6)}${random.pick(['.', '_', '+', ''])}${textOf(random, lower, 4)}@${textOf(random, lower, 7)}.${random.pick(['com', 'co.uk', 'example'])}`,
  ipv4: (random) => `${1 + random.below(223)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
  ipv6: (random) =>
    random.isChance(0.5)
      ? `2001:db8:${random.hex(4)}::${random.hex(4)}:${1 + random.below(9)}`
      : `fe80::${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(3)}${random.below(10)}`,
  mac: (random) => Array.from({ length: 6 }, () => random.hex(2)).join(':'),
  card,
  iban,
  'phone-international': (random) =>
    `+${random.pick(['49', '44', '1', '33'])} ${number(random, 3)} ${number(random, 7)}`,
  'phone-national': (random) =>
    `(${2 + random.below(8)}${textOf(random, digits, 2)}) ${2 + random.below(8)}${textOf(random, digits, 2)}-${textOf(random, digits, 4)}`,
  'social-security-number': (random) =>
    `${100 + random.below(500)}-${10 + random.below(90)}-${1000 + random.below(9000)}`,
};

/** Secrets and personal data that only what stands before them gives away: the start of a stretch of a line, the value, its end. */
export const keyedKinds: Readonly<
  Record<string, (random: SeededRandom) => readonly [before: string, value: string, after: string]>
> = {
  'password-plain': (random) => [
    `${random.pick(['password', 'db.password', 'PASSWORD', 'Passwd', 'userPassword'])}${random.pick(['=', ': ', ' = '])}`,
    `${wordy(random, 9)}${random.below(90)}`,
    '',
  ],
  'password-word': (random) => ['password=', textOf(random, lower, 9), ''],
  'password-json': (random) => ['{"user":"x","password":"', `${wordy(random, 5)} ${wordy(random, 6)}!`, '"}'],
  'password-json-in-json': (random) => ['{"msg":"body {\\"dbPassword\\":\\"', wordy(random, 12), '\\"}"}'],
  'password-environment': (random) => [
    `${random.pick(['PGPASSWORD', 'MYSQL_ROOT_PASSWORD', 'SMTP_PASS'])}=`,
    wordy(random, 14),
    '',
  ],
  'api-key-json': (random) => [
    `{"${random.pick(['apiKey', 'api_key', 'API_KEY', 'x-api-key'])}": "`,
    random.hex(32),
    '"}',
  ],
  'api-key-header': (random) => ['X-Api-Key: ', wordy(random, 24), ''],
  'secret-key-aws': (random) => ['aws_secret_access_key = ', `a1B${textOf(random, `${alphanumeric}+/`, 37)}`, ''],
  'session-token-aws': (random) => ['AWS_SESSION_TOKEN=', `FwoGZXIvYXdzE${textOf(random, alphanumeric, 200)}`, ''],
  'bearer-token': (random) => ['Authorization: Bearer ', safe(random, 40), ''],
  'bearer-json': (random) => ['{"authorization":"Bearer ', safe(random, 40), '"}'],
  'basic-auth': (random) => ['authorization: Basic ', base64Of(`bob:${wordy(random, 9)}`), ''],
  'url-userinfo': (random) => [
    `${random.pick(['postgres', 'amqp', 'mongodb+srv', 'redis', 'https'])}://app:`,
    wordy(random, 12),
    '@db.internal:5432/shop',
  ],
  'url-token': (random) => ['GET /callback?access_token=', safe(random, 30), '&state=1'],
  'url-signature': (random) => ['GET /blob?sv=2024&sig=', `${textOf(random, alphanumeric, 40)}%3D`, ' done'],
  'jdbc-password': (random) => ['jdbc:mysql://db/shop?user=app&password=', wordy(random, 11), '&ssl=true'],
  'connection-string': (random) => [
    'Server=db;Database=shop;User Id=app;Password=',
    wordy(random, 12),
    ';Encrypt=true',
  ],
  'storage-key': (random) => ['AccountName=shop;AccountKey=', `${textOf(random, alphanumeric, 86)}==`, ';'],
  'session-cookie': (random) => ['Cookie: lang=en; JSESSIONID=', random.hex(32).toUpperCase(), '; theme=dark'],
  'php-session': (random) => ['Set-Cookie: PHPSESSID=', textOf(random, lower + digits, 26), '; path=/'],
  'refresh-token-json': (random) => ['{"refresh_token":"', safe(random, 43), '","expires_in":3600}'],
  'client-secret': (random) => ['grant_type=client_credentials&client_secret=', wordy(random, 32), '&scope=all'],
  'command-line': (random) => [
    `run --${random.pick(['password', 'token', 'db-password'])}${random.pick([' ', '='])}`,
    wordy(random, 12),
    ' --port 80',
  ],
  'curl-user': (random) => ['exec curl -s -u admin:', wordy(random, 12), ' https://shop.internal/'],
  'sql-password': (random) => ["ALTER USER app IDENTIFIED BY '", wordy(random, 10), "'"],
  'slack-webhook': (random) => [
    'POST https://hooks.slack.com/services/',
    `T${textOf(random, upperDigits, 8)}/B${textOf(random, upperDigits, 8)}/${wordy(random, 24)}`,
    ' 200',
  ],
  'discord-webhook': (random) => [`POST /api/webhooks/${number(random, 18)}/`, safe(random, 68), ' 204'],
  'one-time-code': (random) => [random.pick(['verification code: ', 'OTP is ', 'otp=']), number(random, 6), ' sent'],
  'card-security-code': (random) => ['{"cvv":"', number(random, 3), '"}'],
  'csrf-token': (random) => ['csrf_token=', random.hex(40), ''],
  'phone-by-key': (random) => ['phone=', `0${number(random, 10)}`, ''],
  'birth-date': (random) => [
    '{"dateOfBirth":"',
    `19${10 + random.below(89)}-0${1 + random.below(9)}-1${random.below(10)}`,
    '"}',
  ],
  passport: (random) => ['passport_number=', `${textOf(random, lower.toUpperCase(), 1)}${number(random, 8)}`, ''],
  'person-name': (random) => [
    '{"firstName":"',
    random.pick(['Björn', 'Anne-Marie', 'Zoë', 'Grace', 'Nguyen Van']),
    '"}',
  ],
  location: (random) => ['lat=', `${random.below(89)}.${number(random, 6)}`, ' found'],
  'home-path': (random) => [
    random.pick(['open /home/', 'open /Users/', 'open C:\\Users\\']),
    textOf(random, lower, 8),
    random.pick(['/x.log', ' denied']),
  ],
  'private-key': (random) => [
    'key -----BEGIN RSA PRIVATE KEY-----\n',
    Array.from({ length: 4 }, () => textOf(random, `${alphanumeric}+/`, 64)).join('\n'),
    '\n-----END RSA PRIVATE KEY-----',
  ],
  'private-key-escaped': (random) => [
    '{"private_key":"-----BEGIN PRIVATE KEY-----\\n',
    Array.from({ length: 3 }, () => textOf(random, `${alphanumeric}+/`, 64)).join('\\n'),
    '\\n-----END PRIVATE KEY-----\\n"}',
  ],
};
