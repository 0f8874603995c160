import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { rowHover } from '../../ui/row-highlight';

/** One column of {@link DataTable}. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures are set flush right. */
  readonly isNumber?: boolean;
  /** Takes what room is left, and may break anywhere. */
  readonly isWide?: boolean;
  /** The header is for screen readers only, as above buttons. */
  readonly hasHiddenTitle?: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: ReadonlyArray<TableColumn<Row>>;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Said in place of rows. */
  readonly whenEmpty: ReactNode;
  readonly testId?: string;
}

/** A plain table that scrolls within its frame where the window is too narrow. */
export function DataTable<Row>({ label, columns, rows, rowKey, whenEmpty, testId }: DataTableProps<Row>) {
  const styles = useStyles2(getStyles);
  if (rows.length === 0) {
    return <p className={styles.empty}>{whenEmpty}</p>;
  }
  return (
    // Whoever has no mouse scrolls a focused group with the arrow keys; a landmark of the section's own name would stand in it twice.
    <div className={styles.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label} data-testid={testId}>
        <thead>
          <tr>
            {columns.map(({ id, title, isNumber, isWide, hasHiddenTitle }) => (
              <th
                key={id}
                scope="col"
                className={cx(isNumber && styles.number, isWide && styles.wide, hasHiddenTitle && styles.actions)}
              >
                {hasHiddenTitle ? <span className="sr-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ id, cell, isNumber, isWide }) => (
                <td key={id} className={cx(isNumber && styles.number, isWide && styles.wide)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    empty: css({ margin: 0, color: theme.colors.text.secondary }),
    frame: css({ overflowX: 'auto', position: 'relative' }),
    table: css({
      width: '100%',
      fontSize: theme.typography.bodySmall.fontSize,
      '& th, & td': {
        padding: theme.spacing(0.75, 1.5, 0.75, 0),
        textAlign: 'left',
        verticalAlign: 'top',
        whiteSpace: 'nowrap',
        borderBottom: `1px solid ${theme.colors.border.weak}`,
      },
      '& th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
      '& tbody tr:last-child td': { borderBottom: 0 },
      '& tbody tr:hover': rowHover(theme),
      '& .sr-only': {
        position: 'absolute',
        width: 1,
        height: 1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
      },
    }),
    number: css({ '&&': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }),
    actions: css({ '&&': { width: '1%', paddingRight: 0 } }),
    wide: css({ '&&': { whiteSpace: 'normal', width: '40%', minWidth: 220, overflowWrap: 'anywhere' } }),
  };
}
