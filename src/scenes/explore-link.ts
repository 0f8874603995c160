import { locationUtil } from '@grafana/data';
import type { FigureQuery, LogQuery } from '@loghunter/contracts';

/** A query of lines, or of numbers at the end of the range (`instant`) or over it. */
export type ExploredQuery = LogQuery & { readonly type?: FigureQuery['type'] };

export const dataSourceVariableName = 'ds';

/**
 * Address of Explore with one query and its exact range.
 * Format: `schemaVersion=1` with the panes as JSON, as Grafana 10 and newer write it.
 */
export function exploreHref(query: ExploredQuery, dataSourceUid: string): string {
  const panes = {
    loghunter: {
      datasource: dataSourceUid,
      queries: [
        {
          refId: 'A',
          datasource: { type: 'loki', uid: dataSourceUid },
          expr: query.expression,
          queryType: query.type === 'instant' ? 'instant' : 'range',
          editorMode: 'code',
        },
      ],
      range: { from: String(Date.parse(query.range.from)), to: String(Date.parse(query.range.to)) },
    },
  };
  const search = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) });
  return locationUtil.assureBaseUrl(`/explore?${search.toString()}`);
}
