import type { AnomalyEvent, AnomalyKind, AnomalyMetric } from '@loghunter/contracts';
import { deviationWords } from '../../ui/incident/deviation-words';
import { exactCount } from '../../ui/number-format';
import { t } from '../../translations';

export const kinds: readonly AnomalyKind[] = ['spike', 'dip', 'step', 'silence', 'errors', 'new', 'share', 'alert'];

export function kindWord(kind: AnomalyKind): string {
  const words: Readonly<Record<AnomalyKind, string>> = {
    spike: t('anomalies.kind.spike', 'spike'),
    dip: t('anomalies.kind.dip', 'dip'),
    step: t('anomalies.kind.step', 'step'),
    silence: t('anomalies.kind.silence', 'silence'),
    errors: t('anomalies.kind.errors', 'more errors'),
    new: t('anomalies.kind.new', 'new cluster'),
    share: t('anomalies.kind.share', 'other share'),
    alert: t('anomalies.kind.alert', 'alert'),
  };
  return words[kind];
}

/** What a kind means, for a tooltip. */
export function kindHint(kind: AnomalyKind): string {
  const hints: Readonly<Record<AnomalyKind, string>> = {
    spike: t('anomalies.kind-hint.spike', 'Far more than usual, for a while'),
    dip: t('anomalies.kind-hint.dip', 'Far less than usual, for a while'),
    step: t('anomalies.kind-hint.step', 'Another level, and it stays'),
    silence: t('anomalies.kind-hint.silence', 'What came regularly does not come any more'),
    errors: t('anomalies.kind-hint.errors', 'More errors than the number of lines explains'),
    new: t('anomalies.kind-hint.new', 'A cluster that was never seen before'),
    share: t('anomalies.kind-hint.share', 'Another share of the events of its service, after a deploy'),
    alert: t('anomalies.kind-hint.alert', 'An alert that came in from outside'),
  };
  return hints[kind];
}

export function metricWords(metric: AnomalyMetric): string {
  const words: Readonly<Record<AnomalyMetric, string>> = {
    volume: t('anomalies.metric.volume', 'lines of the service'),
    errors: t('anomalies.metric.errors', 'errors of the service'),
    cluster: t('anomalies.metric.cluster', 'events of one cluster'),
    alert: t('anomalies.metric.alert', 'alert from outside'),
  };
  return words[metric];
}

/** A count as people read it: large ones whole, small ones with the digit that matters. */
export function countText(count: number): string {
  return exactCount(count >= 10 || Number.isInteger(count) ? Math.round(count) : Math.round(count * 10) / 10);
}

/** `8 times the usual`; what an alert counts nobody knows. */
export function eventDeviation({ metric, observed, baseline }: Pick<AnomalyEvent, 'metric' | 'observed' | 'baseline'>) {
  return metric === 'alert' ? t('anomalies.deviation.alert', 'told from outside') : deviationWords(observed, baseline);
}

/** A chance of 1 in 10^x, in words that end where numbers stop helping. */
export function chanceWords(evidence: number): string {
  const ceiling = 12;
  if (evidence >= ceiling) {
    return t('anomalies.chance.practically-never', 'would practically never happen by chance');
  }
  const times = exactCount(Math.max(1, Math.round(10 ** evidence)));
  return t('anomalies.chance.once-in', 'would happen by chance once in {{times}} such windows', { times });
}
