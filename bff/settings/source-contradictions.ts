import type { Environment } from './table.ts';
import type { LogSource } from './values.ts';

/** What is wrong with the further log sources, one sentence each; secrets are not shown. */
export function findSourceContradictions(environment: Partial<Environment>): string[] {
  const { LOGHUNTER_LOKI_SOURCES: sources = [], LOGHUNTER_WATCHES: watches = [] } = environment;
  const names = sources.filter(({ tenantId }) => tenantId === null).map(({ name }) => name);
  const unknown = watches.filter(({ source }) => source !== undefined && !names.includes(source));
  return [
    ...(sources.length > 0 && environment.LOGHUNTER_LOKI_URL === undefined
      ? ['LOGHUNTER_LOKI_SOURCES: needs LOGHUNTER_LOKI_URL']
      : []),
    ...findSharedLogs(environment, sources),
    ...unknown.map(
      ({ name, source }) =>
        `LOGHUNTER_WATCHES: the watch ${name} reads the source ${source}, which LOGHUNTER_LOKI_SOURCES does not name`
    ),
  ];
}

/** Two sources that give the same logs: they would be counted twice, or be read by two tenants. */
function findSharedLogs(environment: Partial<Environment>, sources: readonly LogSource[]): string[] {
  const { LOGHUNTER_LOKI_URL: url, LOGHUNTER_LOKI_ORG_ID: orgId = null } = environment;
  const { LOGHUNTER_LOKI_USERNAME: username, LOGHUNTER_LOKI_TOKEN: token } = environment;
  const first = { url: url ?? '', orgId, as: username ?? token?.reveal() ?? '' };
  const seen = new Set([identityOf(first)]);
  return sources.flatMap(({ name, auth, ...source }) => {
    const as = auth === null ? '' : auth.kind === 'basic' ? auth.username : auth.token.reveal();
    const identity = identityOf({ ...source, as });
    const isKnown = seen.has(identity);
    seen.add(identity);
    return isKnown ? [`LOGHUNTER_LOKI_SOURCES: ${name} gives the same logs as another source`] : [];
  });
}

// Another token may show other lines, or not: that is found out at start (`refuseSameLogs`).
function identityOf({ url, orgId, as }: { url: string; orgId: string | null; as: string }): string {
  return JSON.stringify([placeOf(url), orgId, as]);
}

/** Whether both name the same place. */
export function isSameAddress(a: string, b: string | undefined): boolean {
  return b !== undefined && placeOf(a) === placeOf(b);
}

/** An address in one spelling. A URL writes the host in lower case and leaves the usual port out. */
export function placeOf(url: string): string {
  return (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, '');
}
