import { locationUtil } from '@grafana/data';
import type { LogQuery } from '@loghunter/contracts';

export const dataSourceVariableName = 'ds';

/**
 * Address of Explore with one query and its exact range.
 * Format: `schemaVersion=1` with the panes as JSON, as Grafana 10 and newer write it.
 */
export function exploreHref(query: LogQuery, dataSourceUid: string): string {
  const panes = {
    loghunter: {
      datasource: dataSourceUid,
      queries: [
        {
          refId: 'A',
          datasource: { type: 'loki', uid: dataSourceUid },
          expr: query.expression,
          queryType: 'range',
          editorMode: 'code',
        },
      ],
      range: { from: String(Date.parse(query.range.from)), to: String(Date.parse(query.range.to)) },
    },
  };
  const search = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) });
  return locationUtil.assureBaseUrl(`/explore?${search.toString()}`);
}
