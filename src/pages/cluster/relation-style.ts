import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { getPlainTableStyles } from '../../ui/plain-table-style';

/** Tables of other clusters below a cluster. */
export function getRelationStyles(theme: GrafanaTheme2) {
  const plain = getPlainTableStyles(theme);
  return {
    table: plain.table,
    row: plain.row,
    link: plain.link,
    frame: css({ overflowX: 'auto', borderTop: `1px solid ${theme.colors.border.weak}` }),
    note: css({
      margin: 0,
      padding: theme.spacing(0, 1.5, 1),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), padding: theme.spacing(0, 1.5, 1.5) }),
    service: css({ width: 150 }),
    figure: css({ width: 124, fontVariantNumeric: 'tabular-nums' }),
  };
}
