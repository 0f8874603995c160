import { patternImportWords } from './pattern-import-words';

const result = {
  ...{ from: '2026-10-01T00:00:00Z', to: '2026-10-08T00:00:00Z', oldestPatternAt: '2026-10-07T20:00:00Z' },
  ...{ patternCount: 9, matchedCount: 9, clusterCount: 4, sourcesWithout: [] },
};

test('an import says what stands where, and since when Loki had any', () => {
  expect(patternImportWords(result)).toMatch(
    /^9 of 9 patterns in the history of 4 clusters; asked from .* on, Loki keeps them since [^;]*$/
  );
});

test('an import says what was left out and why', () => {
  const poor = { ...result, matchedCount: 7, sourcesWithout: ['', 'eu'] };
  expect(patternImportWords(poor)).toContain('left out, because no cluster has their lines: 2 patterns');
  expect(patternImportWords(poor)).toContain('these sources keep no patterns: the configured Loki, eu');
  const one = { ...result, patternCount: 1, matchedCount: 1, clusterCount: 1 };
  expect(patternImportWords(one)).toMatch(/^1 of 1 pattern in the history of 1 cluster;/);
  const none = { ...result, patternCount: 0, matchedCount: 0, clusterCount: 0, oldestPatternAt: null };
  expect(patternImportWords(none)).toContain('without pattern_persistence_enabled');
});
