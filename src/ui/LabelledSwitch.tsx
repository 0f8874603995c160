import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Switch, useStyles2 } from '@grafana/ui';
import React, { useId } from 'react';

interface LabelledSwitchProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** A switch with its words before it. Grafana's InlineSwitch names a label element twice, which screen readers do not allow. */
export function LabelledSwitch({ label, value, onChange }: LabelledSwitchProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <span className={styles.pair}>
      <label htmlFor={id}>{label}</label>
      <Switch id={id} value={value} onChange={(event) => onChange(event.currentTarget.checked)} />
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    pair: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      '& label': { margin: 0, cursor: 'pointer' },
    }),
  };
}
