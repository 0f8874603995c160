// Secrets that only their surroundings give away: the key before them, a header's name, a place in a URL or a command.
import type { RedactionRule } from './rule.ts';
import { isHexKey, looksLikePassword, looksLikeToken } from './secret-value.ts';

const passwordKey = String.raw`(?:password\d?|passwort|passwd|passphrase|pwd|passcode|kennwort|client[_-]?secret|secret[_-]?key|secret[_-]?access[_-]?key|private[_-]?key|preshared[_-]?key|db[_-]?pass|userpass|user[_-]?secret|community[_-]?string)`;
const shortPasswordKey = String.raw`(?:(?<![A-Za-z])(?:pass|pw|psw|psk)|[a-z0-9](?:Pass|Pw))`;
const tokenKey = String.raw`(?:token|secret|api[ _-]?key|apikey|app[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|encryption[_-]?key|signing[_-]?key|license[ _-]?key|master[_-]?key|subscription[_-]?key|application[_-]?key|functions[_-]?key|credentials?|session[_-]?id|session[_-]?key|session|jsessionid|phpsessid|connect\.sid|sessid|csrf|xsrf|signature|code[_-]?verifier|auth[_-]?code|pin[_-]?code|x-amz-security-token|x-amz-signature|x-goog-signature|_auth|assertion)`;
const quote = String.raw`\\{0,3}["']`;
// What stands between a key and its value: `=`, `:`, `=>`, `->`, `:=`, `?=`, as logs and sources in them have it.
const assignment = String.raw`(?:[.?:|]{0,3}=>?|:{1,3}|->)`;
const keyEnd = String.raw`\\{0,3}["'\x60]?\]?(?:\s{1,2}string)?\s{0,2}${assignment}\s{0,8}`;
const bareValue = String.raw`(?<value>[^\s"'\x60<>&,;(){}[\]\\|][^\s"'\x60<>&,;(){}[\]\\|]{0,500})`;
// Between quotes, also as the second argument of a call: setProperty("SHOP_TOKEN", "value").
const quoted = String.raw`\\{0,3}(["'\x60])(?<value>[^"'\x60\\<\n][^"'\x60\\\n]{0,500})`;
const quotedKeyEnd = String.raw`(?:${keyEnd}|\\{0,3}["'],\s{0,4})`;
// Short keys must stand alone or behind a separator: "contactsId" is no "sid".
const shortTokenKey = String.raw`(?:sid|jwt|nonce|sig|otp|cvv2?|cvc|dsn)`;
const anyTokenKey = String.raw`(?<![A-Za-z])(?:(?:[A-Za-z][\w.-]{0,40})?${tokenKey}|(?:[A-Za-z][\w.-]{0,40}[_.-])?${shortTokenKey})(?:_?\d{1,4})?`;

const passwordWords = ['pass', 'pwd', 'secret', 'private', 'kennwort', 'preshared', 'community'];
const tokenWords = ['token', 'secret', 'key', 'credential', 'sess', 'sid', 'csrf', 'xsrf', 'sig', 'otp', 'cvv', 'cvc'];
const moreTokenWords = ['pin', 'jwt', 'nonce', '_auth', 'auth', 'verifier', 'dsn', 'assertion'];

/** Rules that read what stands before a secret. */
export const contextRules: readonly RedactionRule[] = [
  {
    name: 'authorization-header',
    kind: 'secret',
    keywords: ['authorization', 'bearer ', 'basic '],
    pattern:
      /(?:\bauthorization\\{0,3}["']?\s{0,2}[:=]\s{0,2}\\{0,3}["']?(?:[a-z][\w-]{1,24} )?|\b(?:bearer|basic) )(?<value>[A-Za-z0-9+/=._~-]{8,4000})/gi,
    accepts: (value) =>
      (/[\d=]/.test(value) || (/[A-Z]/.test(value) && /[a-z]/.test(value))) &&
      !/^(?:bearer|basic|digest|negotiate|aws4-hmac-sha256)$/i.test(value),
  },
  {
    name: 'url-userinfo',
    kind: 'secret',
    keywords: ['://'],
    pattern: /:\/\/[^\s/:@<>"']{0,100}:(?<value>[^\s/@<>"']{1,200})(?=@)/g,
  },
  {
    // "name":"DB_PASSWORD","value":"...", as Kubernetes and many forms have it.
    name: 'named-value',
    kind: 'secret',
    keywords: ['value'],
    pattern: new RegExp(
      String.raw`${quote}(?:name|key|k)${quote}\s{0,2}:\s{0,2}${quote}[\w.-]{0,60}?(?:${passwordKey}|${tokenKey})[\w.-]{0,20}${quote}\s{0,2},\s{0,8}${quote}(?:value|v)${quote}\s{0,2}:\s{0,2}${quote}(?<value>[^"\\\n]{1,500})`,
      'gi'
    ),
    accepts: (value) => looksLikePassword(value),
  },
  {
    name: 'authorization-digest',
    kind: 'secret',
    keywords: ['digest'],
    pattern: /\bdigest\b[^\n]{0,400}?\bresponse=\\{0,3}"?(?<value>[0-9a-f]{32,64})(?![0-9a-f])/gi,
  },
  {
    name: 'mail-authentication',
    kind: 'secret',
    keywords: ['auth '],
    pattern: /\bAUTH (?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5) (?<value>[A-Za-z0-9+/]{8,2000}={0,2})/g,
  },
  {
    name: 'redis-authentication',
    kind: 'secret',
    keywords: ['"auth"'],
    pattern: /"AUTH"\s(?:"[^"\n]{0,100}"\s)?"(?<value>[^"<\n]{1,200})(?=")/gi,
  },
  {
    name: 'quoted-keyword',
    kind: 'secret',
    keywords: [':pass', ':secret', ':token', ':api-key'],
    pattern: /(?<![\w:]):(?:password|passwd|passphrase|secret|token|api-key)\s{1,3}"(?<value>[^"\\<\n]{1,300})(?=")/gi,
    accepts: (value) => looksLikePassword(value),
  },
  {
    name: 'password-in-prose',
    kind: 'secret',
    keywords: ['password'],
    pattern:
      /\b(?:(?:with|and|using)\s(?:the\s)?password|password\s(?:was\s)?(?:changed|set|reset|updated)\sto)\s{1,2}["']?(?<value>[^\s"'<>]{6,200})/gi,
    accepts: (value) =>
      /[A-Za-z]/.test(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value.slice(1)))),
  },
  {
    name: 'driver-address',
    kind: 'secret',
    keywords: ['@tcp(', '@unix(', '@udp('],
    pattern: /(?<![\w.-])[\w.-]{1,60}:(?<value>[^\s:@/<>"']{1,200})(?=@(?:tcp|udp|unix)\()/g,
  },
  {
    name: 'file-transfer-password',
    kind: 'secret',
    keywords: ['pass '],
    pattern: /(?:[>]|C:)\s{0,2}PASS (?<value>[^\s<>]{3,200})/g,
  },
  {
    name: 'tls-key-log',
    kind: 'secret',
    keywords: ['client_random', 'traffic_secret', 'exporter_secret'],
    pattern:
      /\b(?:CLIENT_RANDOM|[A-Z_]{1,30}TRAFFIC_SECRET(?:_0)?|EXPORTER_SECRET) [0-9a-f]{64} (?<value>[0-9a-f]{64,96})\b/gi,
  },
  {
    name: 'code-before-words',
    kind: 'secret',
    keywords: ['code', 'otp', 'pin'],
    pattern:
      /(?<![\w.:-])(?<value>\d{4,8})(?= (?:as|is) (?:your|the) [^\n.]{0,40}?\b(?:verification|security|login|one-time|authentication)[ -](?:code|pin|password)\b)/gi,
  },
  {
    name: 'wallet-key',
    kind: 'secret',
    keywords: ['wif', 'wallet', 'bitcoin'],
    pattern: /(?<![A-Za-z0-9])(?<value>[5KL][1-9A-HJ-NP-Za-km-z]{50,51})(?![A-Za-z0-9])/g,
    accepts: (value) => /\d/.test(value) && looksLikeToken(value),
  },
  {
    name: 'url-key',
    kind: 'secret',
    keywords: ['key='],
    pattern: /[?&]key=(?<value>[\w-]{16,200})(?![\w%+/-])/gi,
    accepts: (value) => isHexKey(value) || (/\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)),
  },
  {
    name: 'quoted-password',
    kind: 'secret',
    keywords: passwordWords,
    pattern: new RegExp(`${passwordKey}${quotedKeyEnd}${quoted}`, 'gi'),
    accepts: (value) => looksLikePassword(value) && !value.startsWith('/'),
  },
  {
    name: 'password',
    kind: 'secret',
    keywords: passwordWords,
    pattern: new RegExp(`${passwordKey}${keyEnd}${bareValue}`, 'gi'),
    accepts: isBarePassword,
  },
  {
    name: 'short-password',
    kind: 'secret',
    keywords: ['pass', 'pw', 'psw', 'psk'],
    pattern: new RegExp(`${shortPasswordKey}${keyEnd}(?:\\\\{0,3}["'])?${bareValue}`, 'gi'),
    accepts: (value) => value.length >= 6 && looksLikePassword(value) && !/^\/|^[\d.,:%/-]+(?:m?s|%)?$/.test(value),
  },
  {
    name: 'quoted-token',
    kind: 'secret',
    keywords: [...tokenWords, ...moreTokenWords],
    pattern: new RegExp(`${anyTokenKey}${quotedKeyEnd}${quoted}`, 'gi'),
    accepts: (value) =>
      (!value.includes(' ') && value.length >= 4 && looksLikePassword(value) && /\d/.test(value)) ||
      looksLikeToken(value),
  },
  {
    name: 'token',
    kind: 'secret',
    keywords: [...tokenWords, ...moreTokenWords],
    pattern: new RegExp(`${anyTokenKey}${keyEnd}${bareValue}`, 'gi'),
    accepts: (value) => looksLikeToken(value) || isHexKey(value),
  },
  {
    name: 'xml-element',
    kind: 'secret',
    keywords: ['</'],
    pattern: new RegExp(
      String.raw`<(?:[A-Za-z][\w.:-]{0,40})?(?:${passwordKey}|${tokenKey})(?:_?\d{1,4}|Value)?(?:\s[^<>\n]{0,80})?>\s{0,40}(?<value>[^\s<>&][^\s<>]{1,300})(?=\s{0,40}</)`,
      'gi'
    ),
    accepts: (value) => looksLikePassword(value) && (/\d/.test(value) || looksLikeToken(value)),
  },
  {
    name: 'one-time-code',
    kind: 'secret',
    keywords: ['otp', 'cvv', 'cvc', 'code', 'pin'],
    pattern:
      /(?<![A-Za-z])(?:otp|cvv2?|cvc2?|pin|(?:verification|security|one[ -]time|login|2fa|mfa|auth(?:entication)?)[ _-]?(?:code|pin|password))(?:_code)?\\{0,3}["']?(?:\s{0,2}[:=]\s{0,2}|\s(?:is\s)?)\\{0,3}["']?(?<value>\d{3,8})(?![\w:-]|\.\d)/gi,
  },
  {
    name: 'cloud-secret-key',
    kind: 'secret',
    keywords: ['aws', 'secret', 'akia'],
    pattern:
      /(?:aws|secret|akia[a-z2-7]{16})[^\n"']{0,30}["'\s:=,]{1,4}(?<value>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])/gi,
    accepts: (value) => /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value),
  },
  {
    name: 'command-line',
    kind: 'secret',
    keywords: ['--pass', '--token', '--secret', '--api-key', '--apikey', '-password', '-token', '-secret'],
    pattern:
      /--(?:password|passwd|pass|token|secret|api-?key|[a-z]{1,20}-(?:password|token|secret|key))[ =]["']?(?<value>[^\s"'<>-][^\s"'<>]{2,500})/gi,
  },
  {
    name: 'command-user',
    kind: 'secret',
    keywords: ['curl', 'wget', 'sshpass', 'mysql', 'redis-cli'],
    pattern:
      /\b(?:curl\b[^]{0,300}?\s(?:-u|--user)[\s=]?["']?[^\s:"']{0,100}:|wget\b[^\n]{0,200}?--http-password=|sshpass\s-p\s?["']?|mysql(?:dump|admin)?\b[^\n]{0,200}?\s-p|redis-cli\b[^\n]{0,200}?\s-a\s["']?)(?<value>[^\s"'<>]{3,200})/g,
  },
  {
    name: 'sql-password',
    kind: 'secret',
    keywords: ['identified', 'password'],
    pattern:
      /\b(?:identified\s(?:with\s\w{1,40}\s)?by|password)\s{1,3}\\{0,2}'(?<value>[^'\\<\n]{1,200})(?=\\{0,2}')/gi,
    accepts: (value) => looksLikePassword(value),
  },
  {
    name: 'password-after-login',
    kind: 'secret',
    keywords: ['password', 'requirepass', 'masterauth', 'bindpw'],
    pattern: /\b(?:login\s\S{1,100}\spassword|requirepass|masterauth|bindpw)\s{1,3}["']?(?<value>[^\s"'<>]{3,200})/gi,
    accepts: (value) => looksLikePassword(value),
  },
  {
    name: 'vendor-key-by-name',
    kind: 'secret',
    keywords: [
      'datadog',
      'honeycomb',
      'dd_',
      'algolia',
      'cloudflare',
      'fastly',
      'okta',
      'ssws ',
      'twilio',
      'snyk',
      'zendesk',
      'azure',
      'devops',
    ],
    pattern:
      /(?<![A-Za-z])(?:datadog|honeycomb|dd_(?:api|app)|algolia|cloudflare|fastly|okta|ssws|twilio|snyk|zendesk|devops)[\w -]{0,30}["'\s:=]{1,5}(?<value>[A-Za-z0-9_-]{20,80})(?![\w-])/gi,
    accepts: (value) => /\d/.test(value) && looksLikeToken(value),
  },
];

function isBarePassword(value: string, match: RegExpExecArray): boolean {
  if (!looksLikePassword(value) || value.startsWith('/')) {
    return false;
  }
  const before = match[0].slice(0, match[0].length - value.length);
  // "password=" without a value, and another setting on the next line.
  if (before.includes('\n') && /^[\w.-]{1,60}[=:]/.test(value)) {
    return false;
  }
  if (!/:\s+$/.test(before)) {
    return true;
  }
  // "Failed password: for user": after a colon and a blank, a plain word that others follow is prose.
  const rest = match.input.slice(match.index + match[0].length, match.index + match[0].length + 2);
  return !/^[A-Za-z]+$/.test(value) || !/^ [A-Za-z]/.test(rest);
}
