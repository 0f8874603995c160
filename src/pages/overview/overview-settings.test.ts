import type { OverviewSource } from '@loghunter/contracts';
import { overviewSettingsFromUrl, overviewSettingsToUrl, sortSources } from './overview-settings';

describe('the order of sources', () => {
  it('is by errors unless the address says otherwise', () => {
    expect(overviewSettingsFromUrl({ sources: 'anything' })).toEqual({ sort: 'errors' });
    expect(overviewSettingsToUrl({ sort: 'errors' })).toEqual({ sources: undefined });
    expect(overviewSettingsFromUrl(overviewSettingsToUrl({ sort: 'errorRate' }))).toEqual({ sort: 'errorRate' });
  });

  it.each([
    ['errors', ['shop', 'database', 'quiet']],
    ['events', ['shop', 'quiet', 'database']],
    ['errorRate', ['database', 'shop', 'quiet']],
  ] as const)('by %s begins with those that have most', (sort, order) => {
    const sources = [source('quiet', 500, 0), source('database', 100, 40), source('shop', 9000, 50)];
    expect(sortSources(sources, sort).map(({ service }) => service)).toEqual(order);
  });
});

function source(service: string, eventCount: number, errorCount: number): OverviewSource {
  return {
    service,
    namespace: '',
    totals: { eventCount, errorCount, lineCount: eventCount },
    counts: [],
    errorCounts: [],
  };
}
