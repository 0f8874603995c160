// A second set of private lines, written without a look at the rules: how programs, frameworks and protocols print credentials
// and personal data. When it was written, 21 of 100 of its lines kept their value; the rules know its kinds since.
import { base64Of, textOf } from './private-values.ts';
import type { PrivateLine } from './private-lines.ts';
import type { SeededRandom } from './seeded-random.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const upper = lower.toUpperCase();
const mixed = lower + upper + digits;

type Piece = readonly [before: string, value: string, after: string];

const password = (random: SeededRandom): string =>
  random.pick([
    () => textOf(random, mixed, 12),
    () => `${textOf(random, lower, 7)}${random.below(100)}!`,
    () => textOf(random, lower, 10),
    () => `${textOf(random, upper, 1)}${textOf(random, lower, 6)}#${1 + random.below(999)}`,
  ])();
const token = (random: SeededRandom): string => textOf(random, mixed, 20 + random.below(20));
const uuid = (random: SeededRandom): string =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
const surname = (random: SeededRandom): string => random.pick(['Okafor', 'Müller', "O'Neill", 'García', 'Lindqvist']);
const givenName = (random: SeededRandom): string => random.pick(['Jane', 'Tomás', 'Aïcha', 'Wei', 'Søren']);
const user = (random: SeededRandom): string => textOf(random, lower, 6);

/** Kinds by how a line carries the value. */
const kinds: Readonly<Record<string, (random: SeededRandom) => Piece>> = {
  'go-struct': (random) => [
    'connecting with &{User:app Password:',
    password(random).replace(/[#!]/g, 'x'),
    ' Host:db Port:5432}',
  ],
  'python-dict': (random) => ["login payload {'user': 'bob', 'passwd': '", password(random), "'}"],
  'ruby-params': (random) => ['Parameters: {"user"=>{"login"=>"bob", "password"=>"', password(random), '"}}'],
  'ruby-symbol': (random) => ['options {:host=>"db", :password=>"', password(random), '"}'],
  'php-array': (random) => ['Array ( [user] => bob [password] => ', textOf(random, mixed, 11), ' [host] => db )'],
  yaml: (random) => ['loaded config\n  database:\n    password: ', password(random), '\n    port: 5432'],
  'xml-attribute': (random) => ['<connection user="app" password="', password(random), '" ssl="true"/>'],
  'xml-tag': (random) => [
    '<login><user>bob</user><password>',
    `${textOf(random, mixed, 9)}${random.below(90)}`,
    '</password></login>',
  ],
  'java-record': (random) => ['LoginRequest[username=bob, password=', textOf(random, mixed, 10), ', remember=true]'],
  'java-to-string': (random) => ['Credentials(user=bob, secretKey=', token(random), ')'],
  'csharp-record': (random) => ['Login { User = bob, Password = ', textOf(random, mixed, 12), ' }'],
  'rust-debug': (random) => ['Config { url: "db", api_key: "', token(random), '", retries: 3 }'],
  'proxy-authorization': (random) => [
    '> Proxy-Authorization: Basic ',
    base64Of(`proxy:${textOf(random, mixed, 12)}`),
    '',
  ],
  'authorization-token': (random) => ['authorization: Token ', random.hex(40), ''],
  'authorization-api-key': (random) => [
    'Authorization: ApiKey ',
    base64Of(`${textOf(random, mixed, 20)}:${textOf(random, mixed, 22)}`),
    '',
  ],
  'authorization-digest': (random) => [
    'Authorization: Digest username="bob", realm="x", response="',
    random.hex(32),
    '"',
  ],
  'aws-signature': (random) => [
    'Authorization: AWS4-HMAC-SHA256 Credential=ID/20261121/eu/s3/aws4_request, SignedHeaders=host, Signature=',
    random.hex(64),
    '',
  ],
  'x-auth-token': (random) => ['headers: {"X-Auth-Token":"', random.hex(32), '","Accept":"*/*"}'],
  'team-header': (random) => ['x-honeycomb-team: ', textOf(random, lower + digits, 22), ''],
  'express-session': (random) => [
    'cookie: connect.sid=s%3A',
    `${textOf(random, mixed, 32)}.${textOf(random, mixed, 43)}`,
    '; lang=en',
  ],
  'session-cookie': (random) => [
    'Set-Cookie: session=',
    `${textOf(random, mixed, 40)}.${textOf(random, mixed, 27)}`,
    '; HttpOnly',
  ],
  'smtp-auth': (random) => ['C: AUTH PLAIN ', base64Of(`\0bob\0${textOf(random, mixed, 10)}`), ''],
  'redis-auth': (random) => ['1700000000.1 [0 127.0.0.1:5000] "AUTH" "', textOf(random, mixed, 16), '"'],
  'ldap-bind': (random) => ['bind dn="cn=admin,dc=shop" bindPassword=', textOf(random, mixed, 12), ' failed'],
  'kafka-jaas': (random) => ['ScramLoginModule required username="app" password="', textOf(random, mixed, 16), '";'],
  'kubernetes-env': (random) => ['{"env":[{"name":"DB_PASSWORD","value":"', textOf(random, mixed, 14), '"}]}'],
  'docker-env': (random) => [
    'exec: docker run -d -e MYSQL_PASSWORD=',
    textOf(random, mixed, 13),
    ' -p 3306:3306 mysql',
  ],
  'shell-export': (random) => ['+ export GITLAB_API_TOKEN=', textOf(random, mixed, 20), ''],
  'reset-link': (random) => ['sent https://shop.example/reset?reset_token=', textOf(random, mixed, 32), '&lang=de'],
  'magic-link': (random) => ['sent https://shop.example/login?key=', textOf(random, mixed, 40), ' to user 7'],
  'percent-userinfo': (random) => [
    'dial mongodb://app:',
    `p%40${textOf(random, mixed, 9)}`,
    '@mongo-0:27017/shop failed',
  ],
  'git-url': (random) => ['git clone https://oauth2:', textOf(random, mixed, 20), '@git.internal/team/repo.git'],
  npmrc: (random) => ['//registry.internal/:_authToken=', uuid(random), ''],
  netrc: (random) => ['machine git.internal login bot password ', textOf(random, mixed, 16), ''],
  'sentry-dsn': (random) => ['sentry enabled, dsn=https://', random.hex(32), '@sentry.internal/42'],
  'twilio-auth': (random) => ['TWILIO_AUTH_TOKEN=', random.hex(32), ' set'],
  'datadog-key': (random) => ['DD_API_KEY=', random.hex(32), ' found'],
  'heroku-key': (random) => ['HEROKU_API_KEY=', uuid(random), ''],
  'splunk-token': (random) => ['Authorization: Splunk ', uuid(random), ''],
  'pagerduty-token': (random) => ['Authorization: Token token=', textOf(random, mixed, 20), ''],
  'azure-sas': (random) => [
    'PUT https://acct.blob.example/c/b?sv=2024-01-01&se=2027&sig=',
    `${textOf(random, mixed, 43)}%3D`,
    ' 201',
  ],
  'oauth-code': (random) => ['GET /oauth/callback?code=', textOf(random, mixed, 32), '&state=xyz 302'],
  'id-token': (random) => [
    '{"id_token":"',
    `eyJhbGciOiJSUzI1NiJ9.${textOf(random, mixed, 90)}.${textOf(random, mixed, 80)}`,
    '"}',
  ],
  'mfa-code': (random) => ['Your login code is ', textOf(random, '123456789', 6), '. It expires in 10 minutes.'],
  'pin-code': (random) => ['{"pin": "', textOf(random, '123456789', 4), '", "card": "x"}'],
  'wifi-key': (random) => ['wpa_supplicant: psk="', textOf(random, mixed, 16), '"'],
  'snmp-community': (random) => ['snmp-server community-string=', textOf(random, mixed, 12), ' ro'],
  'encryption-key': (random) => ['ENCRYPTION_KEY=', base64Of(textOf(random, mixed, 32)), ''],
  'jwt-secret': (random) => ['jwt.secret: ', textOf(random, mixed, 32), ''],
  'webhook-secret': (random) => ['{"webhookSecret":"', textOf(random, mixed, 24), '"}'],
  'ssn-json': (random) => ['{"ssn":"', `${100 + random.below(500)}${textOf(random, digits, 6)}`, '"}'],
  'ssn-spaced': (random) => [
    'SSN: ',
    `${100 + random.below(500)} ${10 + random.below(80)} ${1000 + random.below(8000)}`,
    '',
  ],
  'birth-slashed': (random) => [
    'date_of_birth=',
    `19${10 + random.below(80)}/0${1 + random.below(9)}/1${random.below(9)}`,
    ' updated',
  ],
  'birth-dotted': (random) => [
    'geburtsdatum: ',
    `1${random.below(9)}.0${1 + random.below(9)}.19${10 + random.below(80)}`,
    '',
  ],
  'customer-name': (random) => ['customer_name="', `${givenName(random)} ${surname(random)}`, '" order=7'],
  'full-name': (random) => ['{"fullName":"', `${givenName(random)} ${surname(random)}`, '","id":7}'],
  'card-holder': (random) => ['{"cardHolder":"', `${givenName(random)} ${surname(random)}`.toUpperCase(), '"}'],
  street: (random) => ['{"street":"', `${1 + random.below(300)} ${surname(random)} Street`, '","city":"x"}'],
  'phone-dashed': (random) => [
    '"phoneNumber":"',
    `+1-${200 + random.below(700)}-${200 + random.below(700)}-${1000 + random.below(8000)}`,
    '"',
  ],
  'phone-german': (random) => ['Tel: ', `030 ${1 + random.below(9)}${textOf(random, digits, 6)}`, ' called back'],
  'phone-british': (random) => ['{"mobile":"', `07${textOf(random, digits, 3)} ${textOf(random, digits, 6)}`, '"}'],
  'phone-compact': (random) => ['sms to +', `44${7}${textOf(random, digits, 9)}`, ' queued'],
  'phone-sip': (random) => ['INVITE sip:+', `4930${textOf(random, digits, 7)}`, '@voip.internal SIP/2.0'],
  'card-bar': (random) => ['auth ', `${luhn(`4${textOf(random, digits, 14)}`)}`, '|12/28|123 declined'],
  'card-amex': (random) => [
    'card: ',
    luhn(`37${textOf(random, digits, 12)}`).replace(/^(\d{4})(\d{6})(\d{5})$/, '$1 $2 $3'),
    ' ok',
  ],
  'iban-json': (random) => ['{"iban":"', ibanOf(random), '"}'],
  'health-number': (random) => [
    'nhs_number=',
    `${textOf(random, '123456789', 3)} ${textOf(random, digits, 3)} ${textOf(random, digits, 4)}`,
    '',
  ],
  'tax-number': (random) => ['{"taxId":"', textOf(random, '123456789', 11), '"}'],
  'aadhaar-spaced': (random) => [
    'aadhaar: ',
    `${textOf(random, '23456789', 4)} ${textOf(random, digits, 4)} ${textOf(random, digits, 4)}`,
    '',
  ],
  'driver-licence': (random) => [
    'driving_licence_number=',
    `${textOf(random, upper, 5)}${textOf(random, '123456789', 6)}AB1CD`,
    '',
  ],
  'mail-angle': (random) => [
    'From: Jane <',
    `${user(random)}.${user(random)}@mail.${user(random)}.example`,
    '> to queue',
  ],
  'mail-upper': (random) => ['RCPT TO:<', `${user(random)}@${user(random)}.COM`.toUpperCase(), '>'],
  'mail-foreign': (random) => ['mail to ', `jürgen.${user(random)}@${user(random)}.de`, ' bounced'],
  'mail-query': (random) => ['GET /unsubscribe?email=', `${user(random)}%2Bnews%40${user(random)}.org`, ' 200'],
  'forwarded-for': (random) => [
    'X-Forwarded-For: ',
    `${1 + random.below(222)}.${random.below(255)}.${random.below(255)}.${1 + random.below(254)}`,
    ', 10.0.0.1',
  ],
  'ip-bracketed': (random) => [
    'connect to [',
    `2001:db8:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}`,
    ']:443 refused',
  ],
  'ip-zone': (random) => ['neighbour ', `fe80::${random.hex(4)}:${random.hex(4)}`, '%eth0 lost'],
  'mac-cisco': (random) => ['port Gi0/1 learned ', `${random.hex(4)}.${random.hex(4)}.${random.hex(4)}`, ' vlan 7'],
  'mac-dashed': (random) => [
    'client ',
    Array.from({ length: 6 }, () => random.hex(2))
      .join('-')
      .toUpperCase(),
    ' associated',
  ],
  'geo-json': (random) => [
    '{"latitude":',
    `${random.below(80)}.${textOf(random, '123456789', 6)}`,
    ',"longitude":13.4}',
  ],
  'geo-pair': (random) => ['location=(', `${random.below(80)}.${textOf(random, '123456789', 5)}`, ', 13.40495)'],
  'home-dotted': (random) => ['cannot open /home/', `${user(random)}.${user(random)}`, '/.ssh/id_rsa'],
  'home-spaced': (random) => ['loading C:\\Users\\', `${givenName(random)} ${surname(random)}`, '\\AppData\\x.dll'],
  toml: (random) => ['[db]\npassword = "', textOf(random, mixed, 12), '"'],
  'ini-pass': (random) => ['smtp_pass = ', textOf(random, mixed, 12), ''],
  protobuf: (random) => ['request { user: "bob" password: "', textOf(random, mixed, 12), '" }'],
  scala: (random) => ['User(bob,Some(password -> ', textOf(random, mixed, 12), '))'],
  clojure: (random) => ['{:user "bob", :password "', textOf(random, mixed, 12), '"}'],
  elixir: (random) => ['%{password: "', textOf(random, mixed, 12), '", user: "bob"}'],
  swift: (random) => ['Optional("token": ', textOf(random, mixed, 32), ')'],
  'curl-header': (random) => ['curl -H "X-Api-Token: ', textOf(random, mixed, 30), '" https://x'],
  'header-arrow': (random) => ['> x-access-token: ', textOf(random, mixed, 40), ''],
  'grpc-meta': (random) => ['metadata authorization=[Bearer ', textOf(random, mixed, 40), ']'],
  'ws-protocol': (random) => ['GET /ws?auth_token=', textOf(random, mixed, 30), ' 101'],
  'jwt-cookie': (random) => [
    'Cookie: jwt=',
    `eyJhbGciOiJIUzI1NiJ9.${textOf(random, mixed, 60)}.${textOf(random, mixed, 43)}`,
    ';',
  ],
  'otp-sms': (random) => ['SMS body: Use ', textOf(random, '123456789', 6), ' as your verification code'],
  'passwd-changed': (random) => ['password changed to ', textOf(random, mixed, 12), ' for bob'],
  'login-with': (random) => ['login with user bob and password ', textOf(random, mixed, 11), ' failed'],
  'dsn-go': (random) => ['dsn app:', textOf(random, mixed, 12), '@tcp(db:3306)/shop'],
  mssql: (random) => ['Data Source=db;uid=sa;pwd=', textOf(random, mixed, 12), ';'],
  ftp: (random) => ['> PASS ', textOf(random, mixed, 11), ''],
  mqtt: (random) => ['CONNECT client=x username=app password=', textOf(random, mixed, 10), ''],
  radius: (random) => ['User-Password = "', textOf(random, mixed, 10), '"'],
  kerb: (random) => ['keytab secret: ', random.hex(64), ''],
  'tls-psk': (random) => ['CLIENT_RANDOM ' + random.hex(64) + ' ', random.hex(96), ''],
  'ssh-key-oneline': (random) => [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    textOf(random, mixed, 200),
    '-----END OPENSSH PRIVATE KEY-----',
  ],
  'email-json-array': (random) => ['recipients=["', `${textOf(random, lower, 6)}@${textOf(random, lower, 6)}.io`, '"]'],
  'email-plus': (random) => [
    'to=',
    `${textOf(random, lower, 4)}+tag.${textOf(random, lower, 3)}@${textOf(random, lower, 5)}.co.jp`,
    ',',
  ],
  'ipv4-cidr': (random) => [
    'deny ',
    `${1 + random.below(200)}.${random.below(255)}.${random.below(255)}.${random.below(255)}`,
    '/24',
  ],
  'phone-us-dots': (random) => ['call ', `415.555.${1000 + random.below(8999)}`, ' missed'],
  'phone-fr': (random) => [
    'téléphone: ',
    `06 ${10 + random.below(89)} ${10 + random.below(89)} ${10 + random.below(89)} ${10 + random.below(89)}`,
    '',
  ],
  'dob-words': (random) => ['born ', `${1 + random.below(27)} March 19${10 + random.below(80)}`, ' in x'],
  'name-spring': (random) => ['Person(firstName=', random.pick(['Jane', 'Tom', 'Ana']), ', lastName=x)'],
  vin: (random) => ['vin=', `WVW${textOf(random, 'ABCDEFGHJKLMNPRSTUVWXYZ', 3)}1K${textOf(random, digits, 9)}`, ''],
  'gcp-oauth': (random) => ['refresh token 1//0', textOf(random, mixed, 60), ''],
  vercel: (random) => ['VERCEL_TOKEN=', textOf(random, mixed, 24), ''],
  license: (random) => [
    'license key: ',
    `${textOf(random, lower.toUpperCase() + digits, 5)}-${textOf(random, lower.toUpperCase() + digits, 5)}-${textOf(random, lower.toUpperCase() + digits, 5)}-${textOf(random, lower.toUpperCase() + digits, 5)}`,
    '',
  ],
};

function luhn(start: string): string {
  for (let check = 0; check < 10; check += 1) {
    const number = `${start}${check}`;
    const sum = [...number].reverse().reduce((total, digit, place) => {
      const doubled = Number(digit) * 2;
      return total + (place % 2 === 0 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    if (sum % 10 === 0) {
      return number;
    }
  }
  throw new RangeError('one of ten check digits fits');
}

function ibanOf(random: SeededRandom): string {
  const body = textOf(random, '123456789', 18);
  const check = 98n - (BigInt(`${body}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${body}`;
}

/** How many kinds there are. */
export const unseenKindCount = Object.keys(kinds).length;

/** Lines of all kinds in turn, each with one private value. */
export function createUnseenLines(count: number, random: SeededRandom): readonly PrivateLine[] {
  const all = Object.entries(kinds);
  return Array.from({ length: count }, (_, index) => {
    const [kind, make] = all[index % all.length] ?? ['', () => ['', '', ''] as const];
    const [before, value, after] = make(random);
    const header = before.startsWith('{')
      ? ''
      : random.pick(['', '2026-11-21 02:51:19,120 INFO  [main] com.acme.Orders: ', 'Nov 21 02:51:19 web01 app[77]: ']);
    return { kind, value, text: header + before + value + after };
  });
}
