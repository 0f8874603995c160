import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Assignee } from '@loghunter/contracts';
import React from 'react';
import { t } from '../translations';
import { initialsOf } from './initials';

interface AssigneeMarkProps {
  readonly assignee: Assignee | null;
  readonly hasName?: boolean;
}

/** Who looks after a cluster: initials in a circle for a person, in a square for a team. */
export function AssigneeMark({ assignee, hasName = false }: AssigneeMarkProps) {
  const styles = useStyles2(getStyles);
  if (assignee === null) {
    return <span className={styles.nobody}>{hasName ? t('workList.assignee.unassigned', 'Not assigned') : '–'}</span>;
  }
  return (
    <span className={styles.mark} title={t('workList.assignee.title', 'Assigned to {{name}}', { name: assignee.name })}>
      <span className={cx(styles.initials, assignee.kind === 'team' && styles.team)} aria-hidden>
        {initialsOf(assignee.name)}
      </span>
      <span className={hasName ? undefined : 'sr-only'}>{assignee.name}</span>
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    mark: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), minWidth: 0 }),
    initials: css({
      display: 'inline-grid',
      placeItems: 'center',
      width: 24,
      height: 24,
      flex: 'none',
      borderRadius: theme.shape.radius.circle,
      background: theme.colors.background.secondary,
      border: `1px solid ${theme.colors.border.medium}`,
      color: theme.colors.text.primary,
      fontSize: 10,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    team: css({ borderRadius: theme.shape.radius.default }),
    nobody: css({ color: theme.colors.text.secondary }),
  };
}
