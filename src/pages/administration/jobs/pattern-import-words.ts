import type { PatternImportResult } from '@loghunter/contracts';
import { t } from '../../../translations';
import { countOf } from '../../../ui/number-format';
import { dayText } from '../AdministrationMoment';

/** What came of importing Loki's patterns, and what was left out and why. */
export function patternImportWords(result: PatternImportResult): string {
  const { patternCount, matchedCount, clusterCount, from, oldestPatternAt, sourcesWithout } = result;
  return [
    t('administration.jobs.patterns-matched', '{{matched, number}} of {{found}} in the history of {{clusters}}', {
      matched: matchedCount,
      found: countOf(patternCount, 'pattern'),
      clusters: countOf(clusterCount, 'cluster'),
    }),
    patternCount > matchedCount &&
      t('administration.jobs.patterns-left', 'left out, because no cluster has their lines: {{left}}', {
        left: countOf(patternCount - matchedCount, 'pattern'),
      }),
    oldestPatternAt === null
      ? t(
          'administration.jobs.patterns-none',
          'Loki keeps none from after {{from}}; it forgets them after some hours without pattern_persistence_enabled',
          { from: dayText(from) }
        )
      : t('administration.jobs.patterns-oldest', 'asked from {{from}} on, Loki keeps them since {{oldest}}', {
          from: dayText(from),
          oldest: dayText(oldestPatternAt),
        }),
    sourcesWithout.length > 0 &&
      t('administration.jobs.patterns-without', 'these sources keep no patterns: {{sources}}', {
        sources: sourcesWithout
          .map((name) => name || t('administration.jobs.patterns-first', 'the configured Loki'))
          .join(', '),
      }),
  ]
    .filter((words) => words !== false)
    .join('; ');
}
