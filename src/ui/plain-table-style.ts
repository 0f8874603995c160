import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { rowHover } from './row-highlight';

/** A table whose rows lead somewhere: the link covers its row, so that a click anywhere opens it while it stays one link. */
export function getPlainTableStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      containerType: 'inline-size',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      overflowX: 'auto',
    }),
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      borderCollapse: 'collapse',
      fontSize: theme.typography.bodySmall.fontSize,
      '& th': {
        padding: theme.spacing(0.75, 1),
        textAlign: 'left',
        fontWeight: theme.typography.fontWeightMedium,
        color: theme.colors.text.secondary,
        background: theme.colors.background.secondary,
        borderBottom: `1px solid ${theme.colors.border.weak}`,
        whiteSpace: 'nowrap',
      },
      '& td': { padding: theme.spacing(0.75, 1), verticalAlign: 'middle', overflowWrap: 'anywhere' },
      '& tbody tr + tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    row: css({ position: 'relative', height: 44, '&:hover': rowHover(theme) }),
    link: css({
      color: theme.colors.text.primary,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
      '&:focus-visible': { outline: 'none' },
      '&:focus-visible::after': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    aboveLink: css({ position: 'relative', zIndex: 1 }),
    secondary: css({ color: theme.colors.text.secondary }),
    ellipsis: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    number: css({ '&&': { textAlign: 'right' }, fontVariantNumeric: 'tabular-nums' }),
  };
}
