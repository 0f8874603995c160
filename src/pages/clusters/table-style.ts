import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { rowChosen, rowHover } from '../../ui/row-highlight';

/** Two rows of a template with the air that a row needs; equal for all, so that 100,000 of them need no measuring. */
export const rowHeightPx = 48;
export const headHeightPx = 36;

/** Below these widths of the table (not of the window: the menu may be open) columns give way to the template. */
const withoutTrend = '@container (max-width: 1020px)';
const withoutFirst = '@container (max-width: 900px)';
/** Then the level is its dot, and owners are seen on the cluster's page. */
const withoutOwner = '@container (max-width: 760px)';

export function getTableStyles(theme: GrafanaTheme2) {
  return { ...frameStyles(theme), ...cellStyles(theme), ...rowStyles(theme), ...markStyles(theme) };
}

function frameStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      containerType: 'inline-size',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    headGroup: css({ position: 'sticky', zIndex: 2 }),
    columns: css({
      display: 'grid',
      alignItems: 'center',
      columnGap: theme.spacing(1.5),
      padding: theme.spacing(0, 1),
      gridTemplateColumns: '20px 72px minmax(0, 1fr) 84px 112px 64px 112px 80px 80px 56px',
      [withoutTrend]: { gridTemplateColumns: '20px 72px minmax(0, 1fr) 84px 104px 60px 80px 80px 56px' },
      [withoutFirst]: { gridTemplateColumns: '20px 68px minmax(0, 1fr) 84px 104px 56px 76px 56px' },
      [withoutOwner]: { gridTemplateColumns: '20px 24px minmax(0, 1fr) 84px 96px 56px 76px' },
    }),
    head: css({
      height: headHeightPx,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.secondary,
      background: theme.colors.background.secondary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      whiteSpace: 'nowrap',
    }),
    rows: css({ position: 'relative' }),
    trend: css({ [withoutTrend]: { display: 'none' } }),
    first: css({ [withoutFirst]: { display: 'none' } }),
    owner: css({ [withoutOwner]: { display: 'none' } }),
    // Seen no more, and still read out.
    word: css({
      [withoutOwner]: { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
    }),
  };
}

function cellStyles(theme: GrafanaTheme2) {
  return {
    number: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
    stack: css({ display: 'flex', flexDirection: 'column', minWidth: 0, lineHeight: 1.4 }),
    ellipsis: css({ display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    secondary: css({ color: theme.colors.text.secondary }),
    template: css({ display: 'flex', alignItems: 'center', minWidth: 0, gap: theme.spacing(1) }),
    choose: css({
      // Above the link that covers the row, and large enough to be hit.
      position: 'relative',
      zIndex: 1,
      display: 'grid',
      placeItems: 'center',
      height: rowHeightPx - 2,
      margin: theme.spacing(0, -1),
      cursor: 'pointer',
      '& input': { accentColor: theme.colors.primary.main, width: 15, height: 15, cursor: 'pointer' },
    }),
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
  };
}

function rowStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      // Its size is known, and what is in it moves nothing outside: the browser lays out the new rows only.
      contain: 'size layout style',
      position: 'absolute',
      insetInline: 0,
      top: 0,
      height: rowHeightPx,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      '&:hover': rowHover(theme),
    }),
    selected: css(rowChosen(theme)),
    cursor: css({ boxShadow: `inset 3px 0 0 ${theme.colors.primary.main}` }),
    // The link covers its row, so that a click anywhere opens the cluster while it stays one link to keyboards and readers.
    link: css({
      display: 'block',
      minWidth: 0,
      color: theme.colors.text.primary,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
      '&:focus-visible': { outline: 'none' },
      '&:focus-visible::after': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
  };
}

function markStyles(theme: GrafanaTheme2) {
  return {
    unseen: css({
      flex: 'none',
      width: 8,
      height: 8,
      borderRadius: theme.shape.radius.circle,
      background: theme.colors.primary.main,
    }),
    waiting: css({ gridColumn: 3 }),
    waitingBar: css({
      display: 'block',
      height: 12,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
    }),
  };
}
