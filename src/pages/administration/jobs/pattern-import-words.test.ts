import { patternImportWords } from './pattern-import-words';

const result = {
  ...{ from: '2026-10-01T00:00:00Z', to: '2026-10-08T00:00:00Z', oldestPatternAt: '2026-10-07T20:00:00Z' },
  ...{ patternCount: 9, matchedCount: 9, clusterCount: 4, sourcesWithout: [] },
};

test('an import says what stands where, and since when Loki had any', () => {
  expect(patternImportWords(result)).toMatch(
    /^9 of 9 patterns stand in the history of 4 clusters; asked from .* on, Loki keeps them since [^;]*$/
  );
});

test('an import says what was left out and why', () => {
  const poor = { ...result, matchedCount: 7, sourcesWithout: ['', 'eu'] };
  expect(patternImportWords(poor)).toContain('2 are left out: no cluster has their lines');
  expect(patternImportWords(poor)).toContain('these sources keep no patterns: the configured Loki, eu');
  const none = { ...result, patternCount: 0, matchedCount: 0, clusterCount: 0, oldestPatternAt: null };
  expect(patternImportWords(none)).toContain('without pattern_persistence_enabled');
});
