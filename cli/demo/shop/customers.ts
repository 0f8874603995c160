import type { Random } from './random.ts';

const firstNames = [
  'anna',
  'jonas',
  'mei',
  'luca',
  'sofia',
  'emre',
  'nora',
  'pavel',
  'ines',
  'tom',
  'aiko',
  'lena',
  'omar',
  'julia',
  'kofi',
] as const;
const lastNames = [
  'berg',
  'silva',
  'chen',
  'rossi',
  'novak',
  'yilmaz',
  'haas',
  'olsen',
  'moreau',
  'weber',
  'tanaka',
  'osei',
  'lind',
] as const;
const mailHosts = ['example.com', 'example.org', 'mail.example.net'] as const;
const words = [
  'trail',
  'shoes',
  'rain',
  'jacket',
  'wool',
  'socks',
  'tent',
  'lamp',
  'stove',
  'backpack',
  '40l',
  'bottle',
  'kids',
  'map',
  'gloves',
] as const;
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
] as const;

/** A user name such as `mei.novak42`. */
export function userName(random: Random): string {
  return `${random.pick(firstNames)}.${random.pick(lastNames)}${random.chance(0.4) ? random.integer(1, 99) : ''}`;
}

/** An address at a host that is reserved for examples. */
export function mailAddress(random: Random): string {
  return `${userName(random)}@${random.pick(mailHosts)}`;
}

/** What somebody types into the search box. */
export function searchWords(random: Random): string {
  return Array.from({ length: random.integer(1, 3) }, () => random.pick(words)).join(' ');
}

/** A browser's name for itself. */
export function userAgent(random: Random): string {
  return random.pick(agents);
}

/** An address of the ranges that are reserved for documentation. */
export function clientIp(random: Random): string {
  return `${random.pick(['203.0.113', '198.51.100', '192.0.2'])}.${random.integer(1, 254)}`;
}

/** An address inside the cluster. */
export function podIp(random: Random): string {
  return `10.244.${random.integer(0, 4)}.${random.integer(2, 250)}`;
}

/** A UUID (version 4 layout). */
export function uuid(random: Random): string {
  const digits = random.hex(32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** A number of the article list. */
export function articleNumber(random: Random): number {
  return 10_000 + Math.floor(random.next() ** 2 * 4200);
}
