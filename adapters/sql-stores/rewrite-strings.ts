// Names and dates are no log text: what decides is that nothing else is left as it was.
const keptKeys: ReadonlySet<string> = new Set([
  ...[
    'id',
    'findingId',
    'clusterId',
    'firstBadClusterId',
    'hash',
    'timestampNs',
    'at',
    'from',
    'to',
    'firstAt',
    'onset',
  ],
  ...['since', 'kind', 'channel', 'level', 'verdict', 'role', 'basis', 'window', 'firstDeviationAt'],
]);

/** The value with every text in it rewritten, those that name or date something excepted. */
export function rewriteStrings(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return rewrite(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => rewriteStrings(item, rewrite));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [
        key,
        keptKeys.has(key) && (typeof item === 'string' || item === null) ? item : rewriteStrings(item, rewrite),
      ])
    );
  }
  return value;
}
