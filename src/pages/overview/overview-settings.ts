import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { OverviewSource } from '@loghunter/contracts';
import { knownValue } from '../../scenes/url-values';
import { errorRate } from './rates';

/** What sources may be ordered by: those with most of it come first. */
const sourceSorts = ['errors', 'events', 'errorRate'] as const;
export type SourceSort = (typeof sourceSorts)[number];

export interface OverviewSettings {
  readonly sort: SourceSort;
}

/** Not `sort`: links to clusters carry the address along, and that is the order of their list. */
export const overviewUrlKeys = ['sources'];

/** Who has most errors comes first: that is what somebody looks for who was woken. */
export function overviewSettingsFromUrl(values: SceneObjectUrlValues): OverviewSettings {
  return { sort: knownValue(values.sources, sourceSorts) ?? 'errors' };
}

export function overviewSettingsToUrl({ sort }: OverviewSettings): SceneObjectUrlValues {
  return { sources: sort === 'errors' ? undefined : sort };
}

/** Sources in the wanted order; equal ones by events. */
export function sortSources(sources: readonly OverviewSource[], sort: SourceSort): readonly OverviewSource[] {
  const figures: Readonly<Record<SourceSort, (source: OverviewSource) => number>> = {
    errors: ({ totals }) => totals.errorCount,
    events: ({ totals }) => totals.eventCount,
    errorRate: ({ totals }) => errorRate(totals),
  };
  const figure = figures[sort];
  return [...sources].sort((a, b) => figure(b) - figure(a) || b.totals.eventCount - a.totals.eventCount);
}
