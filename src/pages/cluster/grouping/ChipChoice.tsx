import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

interface ChipChoiceProps<Value> {
  readonly label: string;
  readonly items: ReadonlyArray<{ readonly key: string; readonly content: ReactNode; readonly value: Value }>;
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
}

/** One of several pieces of a line. */
export function ChipChoice<Value>({ label, items, chosen, onChoose }: ChipChoiceProps<Value>) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {items.map(({ key, content, value }) => (
        <button
          key={key}
          type="button"
          aria-pressed={value === chosen}
          className={cx(styles.chip, value === chosen && styles.chosen)}
          onClick={() => onChoose(value)}
        >
          {content}
        </button>
      ))}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    chips: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    chip: css({
      padding: theme.spacing(0.25, 0.75),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: 'none',
      color: theme.colors.text.primary,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
      '&:hover': { background: theme.colors.action.hover },
    }),
    chosen: css({ borderColor: theme.colors.primary.border, background: theme.colors.action.selected }),
  };
}
