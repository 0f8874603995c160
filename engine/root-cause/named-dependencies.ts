// Which services and hosts an error line complains about.

/** Words of a call that failed or took too long. */
const failedCall =
  /time[d ]?-?\s?out|deadline|refused|unreachable|unavailable|no such host|could not resolve|not resolve|resolution|ENOTFOUND|EAI_AGAIN|ECONN|reset by peer|connection (?:reset|closed|lost|failed)|broken pipe|upstream|did not answer|no response|cannot (?:connect|reach)|can't connect|failed to (?:connect|reach|call)|handshake|certificate|\b50[234]\b|(?:answered|returned|responded)(?: with)? 5\d\d|slow|took \d/i;

/** A name that was not found says nothing about whom it names: the name service is at fault. */
const failedResolution =
  /name resolution|no such host|could not resolve|not be resolved|unknown host|UnknownHost|ENOTFOUND|EAI_AGAIN|NXDOMAIN|SERVFAIL|server misbehaving/i;
/** Services that resolve names. */
const nameServices: ReadonlySet<string> = new Set(['dns', 'coredns', 'kube-dns', 'dnsmasq', 'unbound', 'named']);

/** Places of a line where the name of a host stands. */
const hostPatterns: readonly RegExp[] = [
  /\bhttps?:\/\/(?:[^@/\s"]*@)?([\w.-]+)/gi,
  /\b(?:dial (?:tcp|udp)|lookup|getaddrinfo \w+|resolve|connect to|reach|call(?:ing)?)\s+"?([a-z][\w.-]*[\w])(?=[:\s",/]|$)/gi,
  /\b(?:host|upstream|provider|peer|remote|server|endpoint|target|backend|db)(?:_name|name|_host)?["']?\s?[=:]\s?["']?([a-z][\w.-]*[\w])/gi,
];
/** Characters of an event that are searched, its head and its cause: frames name packages, not hosts. */
const searchedLength = 1000;

/** What a line complains about. */
export interface NamedDependencies {
  /** Services of the case. */
  readonly services: readonly string[];
  /** Hosts that are no service of the case. */
  readonly outside: readonly string[];
}

/** Finds names of services in lines; made once for a case. */
export function createDependencyReader(
  services: readonly string[]
): (service: string, text: string) => NamedDependencies {
  const known = new Set(services.map((name) => name.toLowerCase()));
  const originals = new Map(services.map((name) => [name.toLowerCase(), name]));
  const alternatives = services
    .filter((name) => name.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // Not inside a longer name, a package, an address of mail or a user of a database.
  const pattern =
    alternatives.length === 0 ? null : new RegExp(`(?<![\\w.@/-])(${alternatives.join('|')})(?![\\w@-])`, 'gi');
  return (service, text) => {
    const head = headOf(text);
    if (failedResolution.test(head)) {
      const resolver = services.find((name) => nameServices.has(name.toLowerCase()));
      return resolver === undefined
        ? { services: [], outside: ['name resolution'] }
        : { services: resolver === service ? [] : [resolver], outside: [] };
    }
    const isFailedCall = failedCall.test(head);
    const own = service.toLowerCase();
    const named = new Set<string>();
    const outside = new Set<string>();
    for (const match of pattern === null || !isFailedCall ? [] : head.matchAll(pattern)) {
      named.add((match[1] ?? '').toLowerCase());
    }
    for (const hostPattern of hostPatterns) {
      for (const match of head.matchAll(hostPattern)) {
        const host = (match[1] ?? '').toLowerCase();
        const [first = ''] = host.split('.');
        if (known.has(host) || known.has(first)) {
          named.add(known.has(host) ? host : first);
        } else if (isFailedCall && isHost(host)) {
          outside.add(host);
        }
      }
    }
    named.delete(own);
    return { services: [...named].map((name) => originals.get(name) ?? name), outside: [...outside] };
  };
}

/** Words that stand where hosts stand and are none. */
const noHosts: ReadonlySet<string> = new Set([
  'the',
  'a',
  'to',
  'for',
  'of',
  'in',
  'on',
  'with',
  'from',
  'server',
  'host',
  'it',
]);

/** A host as packs may name it: what redaction takes out of the name, or out of a line around it, is not told. */
export function nameOfHost(host: string, lines: readonly string[], redact: (text: string) => string): string {
  const name = redact(host);
  const isHidden = lines.some(
    (line) => line.toLowerCase().includes(host) && !redact(line).toLowerCase().includes(host)
  );
  return name === host && isHidden ? 'a host whose name is private' : name;
}

function isHost(text: string): boolean {
  return text.length > 2 && !noHosts.has(text) && /[a-z]/.test(text) && (/[.-]/.test(text) || /\d/.test(text));
}

function headOf(text: string): string {
  if (!text.includes('\n')) {
    return text.slice(0, searchedLength);
  }
  return text
    .split('\n')
    .filter((line) => !/^\s+(?:at |File |\.\.\. )/.test(line))
    .join('\n')
    .slice(0, searchedLength);
}
