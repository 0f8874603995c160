import type { RawTimeRange } from '@grafana/data';
import { appendStreams } from '../scenes/stream-search';
import type { StreamFilter } from './stream-matchers';

/** What a door carries along to a page: data source, labels and range. */
export interface Carried {
  /** Absent: what the page shows is left as it is. */
  readonly filter?: StreamFilter;
  readonly dataSourceUid?: string | undefined;
  readonly range?: { readonly from: string; readonly to: string } | undefined;
  /** Further parameters of the page. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Address of a page with everything that is known, in the parameters that the page's own variables and time picker read. */
export function pageAddress(path: string, { filter, dataSourceUid, range, parameters = {} }: Carried): string {
  const search = new URLSearchParams(parameters);
  if (range) {
    search.set('from', range.from);
    search.set('to', range.to);
  }
  if (dataSourceUid) {
    search.set('var-ds', dataSourceUid);
  }
  if (filter) {
    appendStreams(search, 'var-namespace', filter.namespace);
    appendStreams(search, 'var-service', filter.service);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Relative bounds stay relative, others become milliseconds since 1970. */
export function rangeOf({ from, to }: RawTimeRange): { from: string; to: string } {
  return { from: boundOf(from), to: boundOf(to) };
}

function boundOf(bound: RawTimeRange['from']): string {
  return typeof bound === 'string' ? bound : String(bound.valueOf());
}
