import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Below these widths of the table (not of the window: the menu may be open) columns give way to the template. */
const withoutShare = '@container (max-width: 1080px)';
const withoutTrend = '@container (max-width: 820px)';

export function getTableStyles(theme: GrafanaTheme2) {
  return { ...frameStyles(theme), ...columnStyles(theme), ...rowStyles(theme) };
}

function frameStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      containerType: 'inline-size',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      overflow: 'hidden',
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
      '& td': { padding: theme.spacing(0.75, 1), verticalAlign: 'middle' },
    }),
  };
}

function columnStyles(theme: GrafanaTheme2) {
  return {
    level: css({ width: 84 }),
    service: css({ width: 124, [withoutTrend]: { width: 108 } }),
    count: css({ width: 80 }),
    share: css({ width: 76, [withoutShare]: { display: 'none' } }),
    trend: css({ width: 136, [withoutShare]: { width: 104 }, [withoutTrend]: { display: 'none' } }),
    first: css({ width: 92, whiteSpace: 'nowrap' }),
    last: css({ width: 92, whiteSpace: 'nowrap' }),
    number: css({ '&&': { textAlign: 'right' }, fontVariantNumeric: 'tabular-nums' }),
    ellipsis: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    secondary: css({ color: theme.colors.text.secondary }),
    shareBar: css({
      height: 3,
      marginTop: 2,
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.border.weak,
      overflow: 'hidden',
      '& > div': { height: '100%', background: theme.colors.text.secondary },
    }),
  };
}

function rowStyles(theme: GrafanaTheme2) {
  return {
    sort: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.25),
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      '&:hover': { color: theme.colors.text.primary },
    }),
    sorted: css({ color: theme.colors.text.primary }),
    row: css({
      position: 'relative',
      height: 44,
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:hover': { background: theme.colors.action.hover },
    }),
    // The link covers its row, so that a click anywhere opens the cluster while it stays one link to keyboards and readers.
    link: css({
      display: 'block',
      color: theme.colors.text.primary,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
      '&:focus-visible': { outline: 'none' },
      '&:focus-visible::after': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    aboveLink: css({ position: 'relative', zIndex: 1 }),
  };
}
