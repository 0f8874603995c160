import { BlockList, isIPv4, isIPv6 } from 'node:net';

import { embeddedFailure } from '../embedded-failure.ts';

/**
 * A test of whether a text holds an IP address of a range: one address, a CIDR block, or two addresses joined by a hyphen.
 * Throws `PortError` `rejected` for what is no range.
 */
export function compileAddressTest(range: string): (text: string) => boolean {
  const { addresses, family } = readRange(range);
  return (text) => findAddresses(text).some((found) => found.family === family && addresses.check(found.text, family));
}

type Family = 'ipv4' | 'ipv6';

function familyOf(address: string): Family | null {
  return isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null;
}

function readRange(range: string): { readonly addresses: BlockList; readonly family: Family } {
  const addresses = new BlockList();
  const [first = '', rest] = range.split(/[-/]/, 2);
  const family = familyOf(first.trim());
  if (family !== null && rest === undefined) {
    addresses.addAddress(range, family);
    return { addresses, family };
  }
  try {
    if (family !== null && rest !== undefined && range.includes('/') && /^\d{1,3}$/.test(rest)) {
      addresses.addSubnet(first, Number(rest), family);
      return { addresses, family };
    }
    if (family !== null && rest !== undefined && familyOf(rest.trim()) === family) {
      addresses.addRange(first.trim(), rest.trim(), family);
      return { addresses, family };
    }
  } catch (error) {
    throw embeddedFailure('rejected', `ip: invalid pattern: '${range}'`, error);
  }
  throw embeddedFailure('rejected', `ip: invalid pattern: '${range}'`);
}

interface FoundAddress {
  readonly text: string;
  readonly family: Family;
}

const version4Start = /^\d(?:.{0,2})\./s;
const version6Start = /^(?:::[\da-fA-F]|[\da-fA-F]{1,4}:)/;
const version4Span = /[\d.]+/y;
const version6Span = /[\da-fA-F:.]+/y;

/** The addresses in a text, found where a digit has a dot, or hexadecimal digits a colon, close behind, as Loki looks for them. */
function findAddresses(text: string): readonly FoundAddress[] {
  const found: FoundAddress[] = [];
  for (let position = 0; position < text.length; position += 1) {
    const near = text.slice(position, position + 5);
    const span =
      near.length >= 4 && version4Start.test(near.slice(0, 4))
        ? version4Span
        : near.length >= 5 && version6Start.test(near)
          ? version6Span
          : null;
    if (span === null) {
      continue;
    }
    span.lastIndex = position;
    const candidate = span.exec(text)?.[0] ?? '';
    const family = familyOf(candidate);
    if (family !== null) {
      found.push({ text: candidate, family });
    }
    position += candidate.length;
  }
  return found;
}
