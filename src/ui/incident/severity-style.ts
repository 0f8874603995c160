import type { GrafanaTheme2 } from '@grafana/data';

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
