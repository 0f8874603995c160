import type { GrafanaTheme2 } from '@grafana/data';

/** Time and text of log lines in a list, inside its `css`; a text that has less room than `width` moves below what stands before it. */
export function logLineStyle(theme: GrafanaTheme2, width = '0') {
  return {
    '& time': {
      color: theme.colors.text.secondary,
      whiteSpace: 'nowrap',
      fontFamily: theme.typography.fontFamilyMonospace,
    },
    '& pre': {
      flex: `1 1 ${width}`,
      minWidth: 0,
      margin: 0,
      padding: 0,
      border: 0,
      background: 'transparent',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontSize: theme.typography.bodySmall.fontSize,
    },
  } as const;
}
