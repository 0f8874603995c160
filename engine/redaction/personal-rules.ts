// Personal data: addresses, accounts, numbers that lead to a person.
import { isBrazilianTaxNumber, isCardNumber, isIban, isIpv6 } from './checksums.ts';
import type { RedactionRule } from './rule.ts';
import { looksLikePassword } from './secret-value.ts';

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

const nameKey = String.raw`(?<![A-Za-z])(?:first[_\-]?name|last[_\-]?name|full[_\-]?name|surname|maiden[_\-]?name|(?:customer|patient|employee|contact|billing|recipient|beneficiary|passenger)[_\-]?name|card[_\-]?holder(?:[_\-]?name)?)\\{0,3}["']?\s{0,2}[:=]\s{0,2}`;

/** Rules for personal data, in the order in which they run. */
export const personalRules: readonly RedactionRule[] = [
  {
    name: 'email',
    kind: 'email',
    keywords: ['@', '%40'],
    pattern: /(?<![\w.%+-])[\w.%+-]{1,64}?(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-]|\.\w|@)/g,
    // Not the instances of systemd's units: getty@tty1.service.
    accepts: (value) =>
      !value.startsWith('.') && !/\.(?:service|socket|timer|target|mount|slice|scope|device)$/.test(value),
  },
  {
    name: 'iban',
    kind: 'iban',
    keywords: [],
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9]{4}(?: ?[A-Z0-9]{4}){1,6}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])/g,
    accepts: isIban,
  },
  {
    name: 'card',
    kind: 'card',
    keywords: [],
    pattern:
      /(?<![\w.-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{2,4}(?![\w-]|\.\d)|(?<![\w.-])3\d{3}([ -]?)\d{6}\2\d{4,5}(?![\w-]|\.\d)/g,
    accepts: isCardNumber,
  },
  {
    name: 'ipv4',
    kind: 'ip',
    keywords: ['.'],
    pattern: new RegExp(String.raw`(?<![\w.]|\d-)${octet}\.${octet}\.${octet}\.${octet}(?![\w]|\.\d|-\d)`, 'g'),
  },
  {
    name: 'ipv6-full',
    kind: 'ip',
    keywords: [':'],
    pattern:
      /(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){6}(?:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\w:])/g,
    accepts: isIpv6,
  },
  {
    name: 'ipv6',
    kind: 'ip',
    keywords: ['::'],
    pattern:
      /(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}(?:(?<=:)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?![\w:])/g,
    accepts: isIpv6,
  },
  {
    name: 'mac',
    kind: 'mac',
    keywords: [':', '-'],
    pattern: /(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])/g,
  },
  {
    name: 'mac-dotted',
    kind: 'mac',
    keywords: ['.'],
    pattern: /(?<![\w.:/-])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w-]|\.\w)/g,
    accepts: (value) => /\d/.test(value) && /[A-Fa-f]/.test(value),
  },
  {
    name: 'phone-international',
    kind: 'phone',
    keywords: ['+'],
    pattern: /(?<![\w+.])\+[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d{2,5}){2,5}(?![\w]|[.:]\d)/g,
    accepts: (value) => digitCount(value) >= 9 && digitCount(value) <= 15,
  },
  {
    name: 'phone-north-american',
    kind: 'phone',
    keywords: ['-', ')'],
    pattern: /(?<![\w.+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)[2-9]\d{2}-\d{4}(?![\w-]|\.\d)/g,
  },
  {
    name: 'phone-dotted',
    kind: 'phone',
    keywords: ['.'],
    pattern: /(?<![\w.+-])[2-9]\d{2}\.[2-9]\d{2}\.\d{4}(?![\w-]|\.\w)/g,
  },
  {
    name: 'phone-by-key',
    kind: 'phone',
    keywords: ['phone', 'mobile', 'tel', 'msisdn'],
    pattern:
      /\b(?:phone(?:[_-]?number)?|mobile|tel|telephone|msisdn)\\?["']?\s?[:=]\s?\\?["']?(?<value>\+?[\d(][\d ().-]{5,20}\d)(?![\w])/gi,
    accepts: (value) => digitCount(value) >= 7 && digitCount(value) <= 15,
  },
  {
    name: 'social-security-number',
    kind: 'ssn',
    keywords: ['-'],
    pattern: /(?<![\w.-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w.-])/g,
  },
  {
    name: 'brazilian-tax-number',
    kind: 'personal-id',
    keywords: ['-'],
    pattern: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g,
    accepts: isBrazilianTaxNumber,
  },
  {
    name: 'personal-id-by-key',
    kind: 'personal-id',
    keywords: [
      'passport',
      'national',
      'tax',
      'ssn',
      'social',
      'licen',
      'insurance',
      'dni',
      'nino',
      'cpf',
      'imei',
      'aadhaar',
      'pesel',
      'bsn',
      'nhs',
      'medicare',
      'curp',
      'steuer',
      'vin',
    ],
    pattern:
      /(?<![A-Za-z])(?:passport(?:[_ -]?(?:number|no|id))?|national[_ -]?(?:id|insurance)(?:[_ -]?number)?|tax[_ -]?(?:id|number)|ssn|social[_ -]?security(?:[_ -]?number)?|driv(?:er'?s?|ing)[_ -]?licen[cs]e(?:[_ -]?number)?|nhs(?:[_ -]?(?:number|no|id))|medicare(?:[_ -]?(?:number|id))?|curp|vin|steuer[_ -]?(?:id|nummer)|dni|nino|cpf|imei|aadhaar|pesel|bsn)\\{0,3}["']?\s{0,2}[:=]\s{0,2}\\{0,3}["']?(?<value>[A-Z0-9](?:[A-Z0-9 .-]{3,22}[A-Z0-9])?)(?![\w])/gi,
    accepts: (value) => value.length >= 5 && digitCount(value) >= 4,
  },
  {
    name: 'quoted-person',
    kind: 'person',
    keywords: ['name', 'holder'],
    pattern: new RegExp(`${nameKey}\\\\{0,3}["'](?<value>\\p{L}[\\p{L}\\p{M}' .-]{1,80})(?=\\\\{0,3}["'])`, 'giu'),
  },
  {
    name: 'person',
    kind: 'person',
    keywords: ['name', 'holder'],
    pattern: new RegExp(`${nameKey}(?<value>\\p{L}[\\p{L}\\p{M}-]{1,60})(?![\\p{L}\\d_/.(:-])`, 'giu'),
    accepts: (value) => looksLikePassword(value),
  },
  {
    name: 'birth-date',
    kind: 'birth-date',
    keywords: ['birth', 'dob', 'geb', 'born', 'naissance', 'nacimiento', 'nascita'],
    pattern:
      /(?:birth[_ -]?(?:date|day)|date[_ -]?of[_ -]?birth|(?<![A-Za-z])dob|born[_ -]?on|geburtsdatum|date[_ -]?(?:de[_ -]?)?naissance|fecha[_ -]?(?:de[_ -]?)?nacimiento|data[_ -]?(?:di[_ -]?)?nascita)\\{0,3}["']?\s{0,2}[:=]\s{0,2}\\{0,3}["']?(?<value>\d{1,4}[-./]\d{1,2}[-./]\d{1,4})(?!\d)/gi,
  },
  {
    name: 'birth-date-in-words',
    kind: 'birth-date',
    keywords: ['born'],
    pattern:
      /\bborn\s(?:on\s)?(?<value>\d{1,2}(?:\.|st|nd|rd|th)?\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{4})(?!\d)/gi,
  },
  {
    name: 'location-by-key',
    kind: 'location',
    keywords: ['lat', 'lon', 'lng'],
    pattern:
      /(?<![A-Za-z])(?:lat|lon|lng|latitude|longitude)\\{0,3}["']?\s{0,2}[:=]\s{0,2}\\{0,3}["']?(?<value>-?\d{1,3}\.\d{3,15})(?![\w.])/gi,
  },
  {
    name: 'coordinates',
    kind: 'location',
    keywords: ['location', 'coord', 'position', 'geo', 'gps', 'latl'],
    pattern:
      /(?<![A-Za-z])(?:location|coord(?:inate)?s?|position|geo|gps|lat_?l(?:on|ng))\\{0,3}["']?\s{0,2}[:=]\s{0,2}[[({"']{0,2}\s?(?<value>-?\d{1,3}\.\d{3,15},\s?-?\d{1,3}\.\d{3,15})(?![\w.])/gi,
  },
  {
    name: 'street-by-key',
    kind: 'location',
    keywords: ['street', 'address'],
    pattern:
      /(?<![A-Za-z])(?:street(?:[_-]?address)?|(?:home|postal|billing|shipping|mailing)[_-]?address|address[_-]?line[_-]?\d?)\\{0,3}["']?\s{0,2}[:=]\s{0,2}\\{0,3}"(?<value>[^"\\<\n]{4,120})(?=\\{0,3}")/gi,
    accepts: (value) => /\d/.test(value) && /\p{L}{2}/u.test(value),
  },
  {
    // Names with blanks, which only the next backslash ends.
    name: 'windows-home-path',
    kind: 'user',
    keywords: ['\\users\\', '\\documents and settings\\'],
    pattern:
      /\b[A-Za-z]:\\{1,2}(?:Users|Documents and Settings)\\{1,2}(?<value>[^\s/\\:"'<>,;()[\]]{1,64}(?: [^\s/\\:"<>,;()[\]]{1,40}){1,2})(?=\\)/g,
  },
  {
    name: 'home-path',
    kind: 'user',
    keywords: ['/home/', '/users/', '\\users\\', '\\documents and settings\\'],
    pattern:
      /(?:(?<![\w])\/home\/|(?<![\w.])\/Users\/|\b[A-Za-z]:\\{1,2}(?:Users|Documents and Settings)\\{1,2})(?<value>[^\s/\\:"'<>,;()[\]]{1,64})/g,
  },
];

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}
