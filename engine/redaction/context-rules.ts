// Secrets that only their surroundings give away: the key before them, a header's name, a place in a URL.
import type { RedactionRule } from './rule.ts';
import { looksLikePassword, looksLikeToken } from './secret-value.ts';

const passwordKey = String.raw`(?:password|passwd|passphrase|pwd|passcode|client[_-]?secret|secret[_-]?key|secret[_-]?access[_-]?key|private[_-]?key|db[_-]?pass|userpass)`;
const tokenKey = String.raw`(?:token|secret|api[_-]?key|apikey|access[_-]?key|auth[_-]?key|account[_-]?key|encryption[_-]?key|signing[_-]?key|credentials?|session[_-]?id|jsessionid|phpsessid|connect\.sid|sessid|sid|csrf|xsrf|signature|sig|otp|cvv|cvc|pin[_-]?code|x-amz-security-token|x-amz-signature|x-goog-signature)`;
const keyEnd = String.raw`\\{0,3}["']?\s{0,2}(?:=>|:=|[:=])\s{0,2}`;
const bareValue = String.raw`(?<value>[^\s"'<>&,;(){}[\]\\|][^\s"'<>&,;(){}[\]\\|]{0,2000})`;

const quoted = String.raw`\\{0,3}(["'])(?<value>[^"'\\<\n][^"'\\\n]{0,2000})`;

const passwordWords = ['pass', 'pwd', 'secret', 'private'];
const tokenWords = [
  'token',
  'secret',
  'key',
  'credential',
  'sess',
  'sid',
  'csrf',
  'xsrf',
  'sig',
  'otp',
  'cvv',
  'cvc',
  'pin',
];

/** Rules that read what stands before a secret. */
export const contextRules: readonly RedactionRule[] = [
  {
    name: 'authorization-header',
    placeholder: '<secret>',
    keywords: ['authorization', 'bearer ', 'basic '],
    pattern:
      /(?:\bauthorization\\?["']?\s{0,2}[:=]\s{0,2}\\?["']?(?:(?:bearer|basic|token|apikey|digest|negotiate|aws4-hmac-sha256) )?|\b(?:bearer|basic) )(?<value>[A-Za-z0-9+/=._~-]{8,4000})/gi,
    accepts: (value) =>
      (/[\d=]/.test(value) || (/[A-Z]/.test(value) && /[a-z]/.test(value))) &&
      !/^(?:bearer|basic|digest|negotiate|aws4-hmac-sha256)$/i.test(value),
  },
  {
    name: 'url-userinfo',
    placeholder: '<secret>',
    keywords: ['://'],
    pattern: /:\/\/[^\s/:@<>"']{0,200}:(?<value>[^\s/@<>"']{1,400})@/g,
  },
  {
    name: 'quoted-password',
    placeholder: '<secret>',
    keywords: passwordWords,
    pattern: new RegExp(`${passwordKey}${keyEnd}${quoted}`, 'gi'),
    accepts: (value) => looksLikePassword(value) && !value.startsWith('/'),
  },
  {
    name: 'password',
    placeholder: '<secret>',
    keywords: passwordWords,
    pattern: new RegExp(`${passwordKey}${keyEnd}${bareValue}`, 'gi'),
    accepts: isBarePassword,
  },
  {
    name: 'quoted-token',
    placeholder: '<secret>',
    keywords: tokenWords,
    pattern: new RegExp(`(?<![A-Za-z])(?:[A-Za-z][\\w.-]{0,40})?${tokenKey}${keyEnd}${quoted}`, 'gi'),
    accepts: (value) =>
      (!value.includes(' ') && value.length >= 4 && looksLikePassword(value) && /\d/.test(value)) ||
      looksLikeToken(value),
  },
  {
    name: 'token',
    placeholder: '<secret>',
    keywords: tokenWords,
    pattern: new RegExp(`(?<![A-Za-z])(?:[A-Za-z][\\w.-]{0,40})?${tokenKey}${keyEnd}${bareValue}`, 'gi'),
    accepts: (value) => looksLikeToken(value) || /^[0-9a-f]{16,}$/i.test(value),
  },
  {
    name: 'command-line',
    placeholder: '<secret>',
    keywords: ['--pass', '--token', '--secret', '--api-key', '--apikey'],
    pattern:
      /--(?:password|passwd|pass|token|secret|api-?key|[a-z]{1,20}-(?:password|token|secret))[ =]["']?(?<value>[^\s"'<>]{3,500})/gi,
  },
];

function isBarePassword(value: string, match: RegExpExecArray): boolean {
  if (!looksLikePassword(value) || value.startsWith('/')) {
    return false;
  }
  const before = match[0].slice(0, match[0].length - value.length);
  if (!/:\s+$/.test(before)) {
    return true;
  }
  // "Failed password: for user": after a colon and a blank, a plain word that others follow is prose.
  const rest = match.input.slice(match.index + match[0].length, match.index + match[0].length + 2);
  return !/^[A-Za-z]+$/.test(value) || !/^ [A-Za-z]/.test(rest);
}
