import { locationUtil } from '@grafana/data';
import type { LogQuery } from '@loghunter/contracts';
import { readStreamMatchers } from '../extensions/stream-matchers';

const drilldownPath = '/a/grafana-lokiexplore-app/explore';

/** Label that Logs Drilldown itself starts from when it is there. */
const serviceLabel = 'service_name';

/**
 * Address of Grafana's Logs Drilldown for the streams and range of a query; undefined when its selector names no value,
 * because Logs Drilldown starts from one.
 */
export function drilldownHref(query: LogQuery, dataSourceUid: string): string | undefined {
  const matchers = readStreamMatchers(query.expression).filter(
    ({ operator, value }) => operator === '=' && value !== ''
  );
  const start = matchers.find(({ name }) => name === serviceLabel) ?? matchers[0];
  if (start === undefined) {
    return undefined;
  }
  const search = new URLSearchParams({
    'var-ds': dataSourceUid,
    from: String(Date.parse(query.range.from)),
    to: String(Date.parse(query.range.to)),
  });
  for (const { name, value } of matchers) {
    search.append('var-filters', `${name}|=|${escapeDelimiters(value)}`);
  }
  const label = start.name === serviceLabel ? 'service' : start.name;
  const slug = encodeURIComponent(start.value.replace(/[/\\]/g, '-'));
  return locationUtil.assureBaseUrl(`${drilldownPath}/${label}/${slug}/logs?${search.toString()}`);
}

/** Scenes writes filters as `label|operator|value`, several parts with commas between. */
function escapeDelimiters(value: string): string {
  return value.replaceAll('|', '__gfp__').replaceAll(',', '__gfc__');
}
