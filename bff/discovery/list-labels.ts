import type { ListLabelNamesResponse, ListLabelValuesResponse, RequestOf } from '@loghunter/contracts';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { cachedList } from './cached-list.ts';
import type { DiscoveryFeature } from './discovery-feature.ts';

const maxValues = 5000;

/** Answers the label names of a range. */
export async function listLabelNames(
  feature: DiscoveryFeature,
  request: RequestOf<'listLabelNames'>,
  context: CallContext
): Promise<ListLabelNamesResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const key = [feature.tenantId, 'names', String(range.fromMs), String(range.toMs)];
  const names = await cachedList(feature.cache, key, () =>
    feature.logs.listLabelNames({ ...toNanosecondRange(range), signal: context.signal })
  );
  return { names: [...names] };
}

/** Answers the values of a label in a range; an unknown label has none. */
export async function listLabelValues(
  feature: DiscoveryFeature,
  request: RequestOf<'listLabelValues'>,
  context: CallContext
): Promise<ListLabelValuesResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const key = [feature.tenantId, 'values', request.name, String(range.fromMs), String(range.toMs)];
  const values = await cachedList(feature.cache, key, () =>
    feature.logs.listLabelValues(request.name, { ...toNanosecondRange(range), signal: context.signal })
  );
  return { values: values.slice(0, maxValues), isTruncated: values.length > maxValues };
}
