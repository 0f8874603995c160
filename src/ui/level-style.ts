import type { GrafanaTheme2 } from '@grafana/data';
import type { Level } from '@loghunter/contracts';

/** Most severe first, the order in which people scan a list. */
export const levelsBySeverity: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'];

/** The hues of Grafana's own log volume, so that a level looks the same here and in Explore. */
const hues: Readonly<Record<Exclude<Level, 'unknown'>, string>> = {
  fatal: 'purple',
  error: 'red',
  warn: 'yellow',
  info: 'green',
  debug: 'blue',
  trace: 'light-blue',
};

export function levelColor(level: Level, theme: GrafanaTheme2): string {
  return level === 'unknown' ? theme.colors.text.disabled : theme.visualization.getColorByName(hues[level]);
}

export function isLevel(value: string): value is Level {
  return levelsBySeverity.some((level) => level === value);
}
