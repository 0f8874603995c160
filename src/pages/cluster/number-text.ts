import { getValueFormat, formattedValueToString } from '@grafana/data';
import type { NumberSummary } from '@loghunter/contracts';
import { t } from '../../translations';

/** Grafana's own units. */
const units: Readonly<Record<NumberSummary['unit'], string>> = {
  none: 'short',
  ms: 'ms',
  bytes: 'bytes',
  percent: 'percent',
};

/** How numbers are spread, in the words of people on call: from, half, 95 of 100, to. */
export function numberText({ unit, min, max, quantiles }: NumberSummary): string {
  const write = (value: number) => formattedValueToString(getValueFormat(units[unit])(value));
  const at = (ratio: number) => quantiles.find((quantile) => quantile.ratio === ratio)?.value;
  const [median, high] = [at(0.5), at(0.95)];
  const parts = [
    t('cluster.numbers.min', 'min {{value}}', { value: write(min) }),
    median === undefined ? '' : t('cluster.numbers.median', 'median {{value}}', { value: write(median) }),
    high === undefined ? '' : t('cluster.numbers.p95', 'p95 {{value}}', { value: write(high) }),
    t('cluster.numbers.max', 'max {{value}}', { value: write(max) }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
