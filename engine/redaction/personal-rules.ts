// Personal data: addresses, accounts, numbers that lead to a person.
import { isCardNumber, isIban, isIpv6 } from './checksums.ts';
import type { RedactionRule } from './rule.ts';

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

/** Rules for personal data, in the order in which they run. */
export const personalRules: readonly RedactionRule[] = [
  {
    name: 'email',
    placeholder: '<email>',
    keywords: ['@', '%40'],
    pattern: /(?<![\w.%+-])[\w.%+-]{1,64}?(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-]|\.\w|@)/g,
    accepts: (value) => !/^[.%]/.test(value) || value.startsWith('%'),
  },
  {
    name: 'iban',
    placeholder: '<iban>',
    keywords: [],
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9]{4}(?: ?[A-Z0-9]{4}){1,6}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])/g,
    accepts: isIban,
  },
  {
    name: 'card',
    placeholder: '<card>',
    keywords: [],
    pattern:
      /(?<![\w.-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{2,4}(?![\w-]|\.\d)|(?<![\w.-])3\d{3}([ -]?)\d{6}\2\d{4,5}(?![\w-]|\.\d)/g,
    accepts: isCardNumber,
  },
  {
    name: 'ipv4',
    placeholder: '<ip>',
    keywords: ['.'],
    pattern: new RegExp(String.raw`(?<![\w.]|\d-)${octet}\.${octet}\.${octet}\.${octet}(?![\w]|\.\d|-\d)`, 'g'),
  },
  {
    name: 'ipv6',
    placeholder: '<ip>',
    keywords: [':'],
    pattern:
      /(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}(?:(?<=:)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?![\w:])/g,
    accepts: isIpv6,
  },
  {
    name: 'mac',
    placeholder: '<mac>',
    keywords: [':', '-'],
    pattern: /(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])/g,
  },
  {
    name: 'phone-international',
    placeholder: '<phone>',
    keywords: ['+'],
    pattern: /(?<![\w+.])\+[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d{2,5}){2,5}(?![\w]|[.:]\d)/g,
    accepts: (value) => digitCount(value) >= 9 && digitCount(value) <= 15,
  },
  {
    name: 'phone-north-american',
    placeholder: '<phone>',
    keywords: ['-', ')'],
    pattern: /(?<![\w.+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)[2-9]\d{2}-\d{4}(?![\w-]|\.\d)/g,
  },
  {
    name: 'phone-by-key',
    placeholder: '<phone>',
    keywords: ['phone', 'mobile', 'tel', 'msisdn'],
    pattern:
      /\b(?:phone(?:[_-]?number)?|mobile|tel|telephone|msisdn)\\?["']?\s?[:=]\s?\\?["']?(?<value>\+?[\d(][\d ().-]{5,20}\d)(?![\w])/gi,
    accepts: (value) => digitCount(value) >= 7 && digitCount(value) <= 15,
  },
  {
    name: 'social-security-number',
    placeholder: '<ssn>',
    keywords: ['-'],
    pattern: /(?<![\w.-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w.-])/g,
  },
  {
    name: 'home-path',
    placeholder: '<user>',
    keywords: ['/home/', '/users/', '\\users\\', '\\documents and settings\\'],
    pattern:
      /(?:(?<![\w])\/home\/|(?<![\w.])\/Users\/|\b[A-Za-z]:\\{1,2}(?:Users|Documents and Settings)\\{1,2})(?<value>[^\s/\\:"'<>,;()[\]]{1,64})/g,
  },
];

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}
