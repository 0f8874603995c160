import { locationUtil } from '@grafana/data';
import type { ClusterLine } from '@loghunter/contracts';
import { searchPath, withDataSource } from '../../plugin-paths';
import { nanosecondsToMs } from '../nanoseconds';

const aroundMs = 60_000;

/** Address of the search for what the line's stream holds a minute before and after it; the search can be narrowed there. */
export function contextHref({ timestampNs, labels }: Pick<ClusterLine, 'timestampNs' | 'labels'>): string {
  const atMs = nanosecondsToMs(timestampNs);
  const search = withDataSource({
    logql: streamSelector(labels),
    from: String(Math.floor(atMs - aroundMs)),
    to: String(Math.ceil(atMs + aroundMs)),
  });
  return locationUtil.assureBaseUrl(`${searchPath}?${search.toString()}`);
}

/** The LogQL selector of one stream. LogQL reads strings as Go does, which has JSON's escapes. */
export function streamSelector(labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${matchers.join(', ')}}`;
}
