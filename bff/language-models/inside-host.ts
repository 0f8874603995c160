import { BlockList, isIP } from 'node:net';

const insideNetworks = new BlockList();
// Loopback, RFC 1918, carrier-grade and link-local addresses, and what IPv6 has for them.
insideNetworks.addSubnet('127.0.0.0', 8, 'ipv4');
insideNetworks.addSubnet('10.0.0.0', 8, 'ipv4');
insideNetworks.addSubnet('172.16.0.0', 12, 'ipv4');
insideNetworks.addSubnet('192.168.0.0', 16, 'ipv4');
insideNetworks.addSubnet('100.64.0.0', 10, 'ipv4');
insideNetworks.addSubnet('169.254.0.0', 16, 'ipv4');
insideNetworks.addAddress('::1', 'ipv6');
insideNetworks.addSubnet('fc00::', 7, 'ipv6');
insideNetworks.addSubnet('fe80::', 10, 'ipv6');

const insideNames = /(^|\.)(localhost|local|internal|lan|svc|svc\.cluster\.local|home\.arpa)$/;

/**
 * Whether an address belongs to the installation by what it says of itself: a loopback or private address, a name without a dot,
 * or one of the endings that no public name has. Names are not resolved. Doubt counts as outside.
 */
export function isInsideAddress(url: string, insideHosts: readonly string[]): boolean {
  const { host, hostname } = new URL(url);
  const bare = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (insideHosts.includes(host) || insideHosts.includes(bare)) {
    return true;
  }
  const version = isIP(bare);
  if (version !== 0) {
    return insideNetworks.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  }
  return !bare.includes('.') || insideNames.test(bare);
}
