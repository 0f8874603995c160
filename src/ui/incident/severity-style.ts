import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';

/** Least severe first. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type SeverityName = (typeof severities)[number];

const hues: Readonly<Record<SeverityName, string>> = { low: 'blue', medium: 'yellow', high: 'orange', critical: 'red' };

export function severityColor(severity: SeverityName, theme: GrafanaTheme2): string {
  return theme.visualization.getColorByName(hues[severity]);
}

/** 1 for the least severe, 4 for the most. */
export function severityRank(severity: SeverityName): number {
  return severities.indexOf(severity) + 1;
}

export function severityWord(severity: SeverityName): string {
  const words: Readonly<Record<SeverityName, string>> = {
    low: t('severity.low', 'low'),
    medium: t('severity.medium', 'medium'),
    high: t('severity.high', 'high'),
    critical: t('severity.critical', 'critical'),
  };
  return words[severity];
}
