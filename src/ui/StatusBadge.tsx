import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2, type BadgeProps } from '@grafana/ui';
import React from 'react';

/** Grafana's badge. Its grey one alone has too little contrast for small text in the light theme (4.05 of 4.5). */
export function StatusBadge({ className, ...badge }: BadgeProps) {
  const styles = useStyles2(getStyles);
  return <Badge {...badge} className={cx(badge.color === 'darkgrey' && styles.grey, className)} />;
}

function getStyles(theme: GrafanaTheme2) {
  return { grey: theme.isLight ? css({ color: theme.colors.text.secondary }) : undefined };
}
