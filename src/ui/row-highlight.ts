// How rows stand out. Grafana's `action.hover` and `action.selected` take so much contrast that coloured and secondary text falls under
// 4.5:1 (WCAG 2.1, 1.4.3); on this background, which rows have nothing of otherwise, all of Grafana's text colours keep it.
import type { GrafanaTheme2 } from '@grafana/data';

/** A row under the pointer. */
export function rowHover(theme: GrafanaTheme2) {
  return { background: theme.colors.background.secondary };
}

/** A row that somebody chose, or that a link leads to. */
export function rowChosen(theme: GrafanaTheme2) {
  return { ...rowHover(theme), outline: `1px solid ${theme.colors.primary.border}`, outlineOffset: -1 };
}
