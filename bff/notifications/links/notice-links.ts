import type { InvestigationStore, Notice } from '@loghunter/ports';
import type { MessageLink } from '../messages/message.ts';

/** What links to Grafana are made of. */
export interface LinkSettings {
  /** Grafana's address as people's browsers reach it, with a final slash; null: there are no links. */
  readonly grafanaRootUrl: string | null;
  /** The Loki data source that Explore is to open; null: its default. */
  readonly dataSourceUid: string | null;
}

const pluginPath = 'a/loghunter-app';
/** What led to it, and what came of it, belongs to the picture. */
const marginMs = 5 * 60_000;

/**
 * Links of a notice: its incident and the newest investigation of that, its cluster, and Explore with its very range. Throws `PortError` of the
 * database.
 */
export async function linksOfNotice(
  settings: LinkSettings,
  investigations: Pick<InvestigationStore, 'list'>,
  tenantId: string,
  notice: Notice
): Promise<readonly MessageLink[]> {
  const { grafanaRootUrl: root } = settings;
  if (root === null) {
    return [];
  }
  const { incidentId, clusterId } = notice;
  const newest = incidentId === null ? null : await investigations.list(tenantId, { incidentId, limit: 1, offset: 0 });
  return [
    ...(incidentId === null ? [] : [{ label: 'Incident', url: incidentUrl(root, incidentId) }]),
    ...(newest?.investigations ?? []).map(({ id }) => ({ label: 'Investigation', url: investigationUrl(root, id) })),
    ...(clusterId === null ? [] : [{ label: 'Cluster', url: clusterUrl(root, clusterId) }]),
    ...exploreLink(root, settings.dataSourceUid, notice),
  ];
}

/** Address of an incident's page. */
export function incidentUrl(root: string, id: string): string {
  return `${root}${pluginPath}/anomalies/incidents/${id}`;
}

/** Address of a cluster's page. */
export function clusterUrl(root: string, id: string): string {
  return `${root}${pluginPath}/clusters/${id}`;
}

/** Address of an investigation's page. */
export function investigationUrl(root: string, id: string): string {
  return `${root}${pluginPath}/investigations/${id}`;
}

// `schemaVersion=1` with the panes as JSON, as Grafana 10 and newer write it.
function exploreLink(root: string, uid: string | null, { query, range }: Notice): readonly MessageLink[] {
  if (query === null) {
    return [];
  }
  const source = uid === null ? {} : { datasource: { type: 'loki', uid } };
  const panes = {
    loghunter: {
      ...(uid === null ? {} : { datasource: uid }),
      queries: [{ refId: 'A', ...source, expr: query, queryType: 'range', editorMode: 'code' }],
      range: { from: String(range.fromMs - marginMs), to: String(range.toMs + marginMs) },
    },
  };
  const search = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) });
  return [{ label: 'Explore', url: `${root}explore?${search.toString()}` }];
}
