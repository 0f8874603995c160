import type { GrafanaTheme2 } from '@grafana/data';

/**
 * How a row under the pointer looks. Grafana's `action.hover` takes so much contrast that coloured and secondary text falls under 4.5:1
 * (WCAG 2.1, 1.4.3) in both themes; on this background, which rows have nothing of otherwise, all of Grafana's text colours keep it.
 */
export function rowHover(theme: GrafanaTheme2) {
  return { background: theme.colors.background.secondary };
}
