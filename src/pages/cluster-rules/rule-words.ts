import type { ClusterRuleKind, NewClusterRule } from '@loghunter/contracts';
import { t } from '../../translations';

export function ruleKindWord(kind: ClusterRuleKind): string {
  const words: Readonly<Record<ClusterRuleKind, string>> = {
    merge: t('rules.kind.merge', 'Merge'),
    split: t('rules.kind.split', 'Split'),
    mask: t('rules.kind.mask', 'Mask'),
    rename: t('rules.kind.rename', 'Rename'),
  };
  return words[kind];
}

/** What a rule does, beside the clusters it names. */
export function ruleText(rule: NewClusterRule): string {
  switch (rule.kind) {
    case 'merge':
      return t('rules.text.merge', 'Shown as one cluster');
    case 'mask':
      return t('rules.text.mask', 'The word “{{word}}” varies', { word: rule.word });
    case 'split':
      return t('rules.text.split', 'Each value at variable place {{place}} is a cluster', { place: rule.variable + 1 });
    case 'rename':
      return rule.title === ''
        ? t('rules.text.untitled', 'No title')
        : t('rules.text.rename', 'Called “{{title}}”', { title: rule.title });
  }
}

/** Where a mask or split holds. */
export function reachText(rule: NewClusterRule): string {
  if (rule.kind !== 'mask' && rule.kind !== 'split') {
    return '';
  }
  return rule.reach === 'everywhere'
    ? t('rules.reach.everywhere', 'in every service')
    : t('rules.reach.service', 'in its own service');
}

/** Clusters that a rule names; the one that is shown comes first. */
export function namedClusters(rule: NewClusterRule): readonly string[] {
  return rule.kind === 'merge' ? [rule.intoId, ...rule.clusterIds] : [rule.clusterId];
}

/** Clusters of a rule that are named in the list. */
export const shownClusterCount = 4;
