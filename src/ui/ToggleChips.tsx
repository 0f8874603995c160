import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

interface ToggleChipsProps<Value extends string> {
  /** What the group is about, for those who hear the page. */
  readonly label: string;
  readonly options: ReadonlyArray<{ readonly value: Value; readonly label: ReactNode; readonly hint?: string }>;
  readonly chosen: readonly Value[];
  /** The chosen values in the order of the options. */
  readonly onChange: (chosen: readonly Value[]) => void;
  readonly size?: 'sm' | 'md';
}

/** Values any of which may be on, as buttons in a row. */
export function ToggleChips<Value extends string>(props: ToggleChipsProps<Value>) {
  const { label, options, chosen, onChange, size = 'md' } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.group} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.hint}
          aria-pressed={chosen.includes(option.value)}
          className={cx(styles.chip, size === 'sm' && styles.small, chosen.includes(option.value) && styles.chosen)}
          onClick={() => onChange(toggled(options, chosen, option.value))}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

function toggled<Value extends string>(
  options: ToggleChipsProps<Value>['options'],
  chosen: readonly Value[],
  value: Value
): readonly Value[] {
  return options.map((option) => option.value).filter((known) => chosen.includes(known) !== (known === value));
}

function getStyles(theme: GrafanaTheme2) {
  return {
    group: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    chip: css({
      display: 'inline-flex',
      alignItems: 'center',
      height: theme.spacing(theme.components.height.md),
      padding: theme.spacing(0, 1),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: 'transparent',
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
    }),
    small: css({ height: theme.spacing(theme.components.height.sm) }),
    chosen: css({
      borderColor: theme.colors.primary.border,
      background: theme.colors.action.selected,
      color: theme.colors.text.primary,
    }),
  };
}
