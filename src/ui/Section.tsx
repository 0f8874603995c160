import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useId, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
  /** Content reaches the frame: tables and line lists bring their own padding. */
  readonly isFlush?: boolean;
}

/** A titled frame, shaped like Grafana's panels so that both sit well beside each other. */
export function Section({ title, actions, children, testId, isFlush = false }: SectionProps) {
  const styles = useStyles2(getStyles);
  const headingId = useId();
  return (
    <section className={styles.section} aria-labelledby={headingId} data-testid={testId}>
      <header className={styles.header}>
        <h2 id={headingId} className={styles.title}>
          {title}
        </h2>
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={isFlush ? undefined : styles.content}>{children}</div>
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    section: css({
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      minWidth: 0,
    }),
    header: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
      minHeight: theme.spacing(5),
      padding: theme.spacing(0.5, 1.5),
    }),
    title: css({ ...theme.typography.h6, margin: 0, fontWeight: theme.typography.fontWeightMedium }),
    actions: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    content: css({ padding: theme.spacing(0, 1.5, 1.5) }),
  };
}
