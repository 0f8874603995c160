import type { ChangeKind, ClusterChange } from '@loghunter/contracts';
import { t } from '../../translations';
import { factorText } from '../../ui/number-format';

export function kindWord(kind: ChangeKind): string {
  const words: Readonly<Record<ChangeKind, string>> = {
    new: t('compare.kind.new', 'New'),
    gone: t('compare.kind.gone', 'Gone'),
    up: t('compare.kind.up', 'More'),
    down: t('compare.kind.down', 'Less'),
    unchanged: t('compare.kind.unchanged', 'Unchanged'),
  };
  return words[kind];
}

/** That a change is not called sure: what was not there before is new all the same, and may not come again. */
export function unsureWord(kind: ChangeKind): string {
  return kind === 'new' || kind === 'gone'
    ? t('compare.table.uncertain', 'not certain')
    : t('compare.table.unsure', 'may be chance');
}

/** How much a rate changed: `8.2 times`, `a fifth`-like small ratios as percent. Empty where there is nothing to divide by. */
export function sizeWord({ kind, ratio }: Pick<ClusterChange, 'kind' | 'ratio'>): string {
  if (ratio === null || kind === 'new' || kind === 'gone') {
    return '';
  }
  return ratio >= 1
    ? t('compare.size.times', '{{factor}} times', { factor: factorText(ratio) })
    : t('compare.size.percent', '{{percent}} % of before', { percent: Math.round(ratio * 100) });
}

/** Between which sizes the true one lies, with 95 % confidence. Empty where it may as well be no more: that says nothing. */
export function boundsWord({ ratioLow, ratioHigh }: Pick<ClusterChange, 'ratioLow' | 'ratioHigh'>): string {
  if (ratioHigh === null && ratioLow < 1.05) {
    return '';
  }
  const low = factorText(ratioLow);
  return ratioHigh === null
    ? t('compare.size.atLeast', 'at least {{low}} times', { low })
    : t('compare.size.between', '{{low}} to {{high}} times', { low, high: factorText(ratioHigh) });
}

/** One in so many: a probability as people say it. */
export function chanceWord(probability: number): string {
  if (probability >= 0.1) {
    return t('compare.chance.percent', 'chance alone does this in {{percent}} % of cases', {
      percent: Math.round(probability * 100),
    });
  }
  const inverse = 1 / Math.max(probability, 1e-9);
  const digits = 10 ** Math.floor(Math.log10(inverse));
  return t('compare.chance.oneIn', 'chance alone does this once in {{times}} cases', {
    times: new Intl.NumberFormat('en', { notation: 'compact' }).format(Math.round(inverse / digits) * digits),
  });
}
