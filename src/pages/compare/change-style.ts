import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { rowHover } from '../../ui/row-highlight';

/** The table's own width counts, not the window's: the menu may be open. */
const narrow = '@container (max-width: 820px)';

export function getChangeStyles(theme: GrafanaTheme2) {
  return { ...tableStyles(theme), ...cellStyles(theme) };
}

function tableStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      containerType: 'inline-size',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      overflow: 'hidden',
    }),
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      fontSize: theme.typography.bodySmall.fontSize,
      '& th': {
        padding: theme.spacing(0.75, 1),
        textAlign: 'left',
        fontWeight: theme.typography.fontWeightMedium,
        color: theme.colors.text.secondary,
        background: theme.colors.background.secondary,
        borderBottom: `1px solid ${theme.colors.border.weak}`,
      },
      '& td': { padding: theme.spacing(0.75, 1), verticalAlign: 'middle' },
    }),
    row: css({
      position: 'relative',
      height: 52,
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:hover': rowHover(theme),
    }),
    kind: css({ width: 108 }),
    service: css({ width: 128, [narrow]: { width: 100 } }),
    counts: css({ width: 180, [narrow]: { width: 140 } }),
    size: css({ width: 128, [narrow]: { width: 108 }, fontVariantNumeric: 'tabular-nums' }),
    footer: css({
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}

function cellStyles(theme: GrafanaTheme2) {
  const bar = { height: '100%', borderRadius: theme.shape.radius.pill };
  return {
    secondary: css({ color: theme.colors.text.secondary }),
    link: css({
      display: 'block',
      color: theme.colors.text.primary,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
      '&:focus-visible': { outline: 'none' },
      '&:focus-visible::after': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    title: css({ display: 'block' }),
    template: css({
      display: '-webkit-box',
      WebkitLineClamp: 2,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
      overflowWrap: 'anywhere',
      fontFamily: theme.typography.fontFamilyMonospace,
    }),
    bars: css({
      display: 'grid',
      gridTemplateColumns: '44px minmax(0, 1fr)',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
      fontVariantNumeric: 'tabular-nums',
      '& > span': { textAlign: 'right' },
    }),
    track: css({ height: 6 }),
    barBefore: css({ ...bar, background: theme.colors.text.disabled }),
    barAfter: css({ ...bar, background: theme.colors.primary.main }),
  };
}
