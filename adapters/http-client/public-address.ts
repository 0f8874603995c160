import ipaddr from 'ipaddr.js';

// Global unicast is 2000::/3; inside it IANA keeps these for other uses (protocol assignments, 6to4, documentation).
const reservedInGlobalUnicast = ['2001::/23', '2002::/16', '2001:db8::/32', '3fff::/20'].map((range) =>
  ipaddr.IPv6.parseCIDR(range)
);
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address, as DNS or a URL gives it, is one of the public internet; false for texts that are no address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) {
    return parsed.range() === 'unicast';
  }
  return parsed.match(globalUnicast) && !reservedInGlobalUnicast.some((range) => parsed.match(range));
}
