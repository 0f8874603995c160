import { locationUtil } from '@grafana/data';
import type { LogQuery } from '@loghunter/contracts';

/** Over which time lines are counted, and how often that is looked at: Grafana's own defaults for log alerts. */
const windowMinutes = 5;
const evaluateEvery = '1m';
const secondsPerMinute = 60;

export interface AlertDefaults {
  /** Name of the rule. */
  readonly name: string;
  /** What the alert leads back to. */
  readonly returnTo: string;
  /** More lines than this in the window fire. */
  readonly threshold: number;
}

/**
 * Address of Grafana's form for a new alert rule, filled in: count the lines of a query, fire above a threshold.
 * Format: `defaults` with the form's values as JSON, as Explore and panels write it.
 */
export function alertHref(
  query: LogQuery,
  dataSourceUid: string,
  { name, returnTo, threshold }: AlertDefaults
): string {
  const expression = `sum(count_over_time(${query.expression} [${windowMinutes}m]))`;
  const defaults = {
    type: 'grafana',
    name,
    condition: 'C',
    evaluateFor: windowMinutes > 1 ? `${windowMinutes}m` : evaluateEvery,
    annotations: [{ key: 'description', value: `Lines of the LogHunter cluster: ${name}` }],
    queries: [
      {
        refId: 'A',
        datasourceUid: dataSourceUid,
        queryType: 'instant',
        relativeTimeRange: { from: windowMinutes * secondsPerMinute, to: 0 },
        model: {
          refId: 'A',
          datasource: { type: 'loki', uid: dataSourceUid },
          expr: expression,
          queryType: 'instant',
          editorMode: 'code',
        },
      },
      expressionNode('B', { type: 'reduce', expression: 'A', reducer: 'last' }),
      expressionNode('C', {
        type: 'threshold',
        expression: 'B',
        conditions: [{ type: 'query', evaluator: { type: 'gt', params: [threshold] } }],
      }),
    ],
  };
  const search = new URLSearchParams({ defaults: JSON.stringify(defaults), returnTo });
  return locationUtil.assureBaseUrl(`/alerting/new?${search.toString()}`);
}

function expressionNode(refId: string, model: Readonly<Record<string, unknown>>) {
  return {
    refId,
    datasourceUid: '__expr__',
    queryType: '',
    model: { refId, datasource: { type: '__expr__', uid: '__expr__' }, ...model },
  };
}

/** Twice what the cluster usually has in the window: what is usual now should not fire at once. */
export function usualThreshold(eventCount: number, { from, to }: LogQuery['range']): number {
  const minutes = Math.max(1, (Date.parse(to) - Date.parse(from)) / 60_000);
  return Math.max(1, Math.ceil((2 * eventCount * windowMinutes) / minutes));
}
