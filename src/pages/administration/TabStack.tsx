import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

/** The sections of a tab below each other. */
export function TabStack({ children, testId }: { readonly children: ReactNode; readonly testId: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.stack} data-testid={testId}>
      {children}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    stack: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      width: '100%',
      minWidth: 0,
      // What is only announced takes no room before it says something.
      '& > [role=status]:empty': { position: 'absolute' },
    }),
  };
}
