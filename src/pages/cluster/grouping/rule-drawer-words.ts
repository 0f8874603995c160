import type { ClusterRuleKind } from '@loghunter/contracts';
import { t } from '../../../translations';

/** What a form makes, what that means, and what its button says. */
export interface RuleDrawerWords {
  readonly title: string;
  readonly meaning: string;
  readonly button: string;
}

export function ruleDrawerWords(kind: ClusterRuleKind): RuleDrawerWords {
  const words: Readonly<Record<ClusterRuleKind, RuleDrawerWords>> = {
    rename: {
      title: t('cluster.rule.renameTitle', 'Rename this cluster'),
      meaning: t('cluster.rule.renameMeaning', 'A title that people see above the template.'),
      button: t('cluster.rule.rename', 'Rename'),
    },
    merge: {
      title: t('cluster.rule.mergeTitle', 'Merge clusters'),
      meaning: t(
        'cluster.rule.mergeMeaning',
        'They are shown as one from now on. Their counts stay where they are, so it can be undone.'
      ),
      button: t('cluster.rule.merge', 'Merge'),
    },
    mask: {
      title: t('cluster.rule.maskTitle', 'Mask a word'),
      meaning: t('cluster.rule.maskMeaning', 'The word varies: clusters that differ in it only become one.'),
      button: t('cluster.rule.mask', 'Mask the word'),
    },
    split: {
      title: t('cluster.rule.splitTitle', 'Split by a value'),
      meaning: t(
        'cluster.rule.splitMeaning',
        'Each value at a place becomes a cluster. Lines that were counted before stay in this one.'
      ),
      button: t('cluster.rule.split', 'Split'),
    },
  };
  return words[kind];
}
